package dev.rolecall.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A user's shell beside {@link RunningCommands}: its commands run in this process, as a profile of
 * their choice. Register it in a static field.
 */
public final class Shell implements BeforeAllCallback, AfterEachCallback {

  /** Where the AWS SDK looks before it looks into the environment. */
  private static final String CREDENTIALS_FILE = "aws.sharedCredentialsFile";

  private static final String PROFILE = "aws.profile";
  private static final String NO_INSTANCE = "aws.disableEc2Metadata";

  private @Nullable RunningCommands running;

  @Override
  public void beforeAll(ExtensionContext test) {
    // In the root's store, which is closed after the last test class.
    running =
        test.getRoot()
            .getStore(ExtensionContext.Namespace.create(Shell.class))
            .getOrComputeIfAbsent(
                RunningCommands.class, key -> RunningCommands.start(), RunningCommands.class);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    System.clearProperty(CREDENTIALS_FILE);
    System.clearProperty(PROFILE);
    System.clearProperty(NO_INSTANCE);
  }

  public RunningCommands running() {
    return requireNonNull(running, "running");
  }

  /** Has this process be that profile for the rest of the test. */
  public void become(String profile) {
    become(profile, running().credentials());
  }

  private static void become(String profile, Path credentials) {
    System.setProperty(CREDENTIALS_FILE, credentials.toString());
    System.setProperty(PROFILE, profile);
    System.setProperty(NO_INSTANCE, "true");
  }

  /** Runs a command as that profile. */
  public CommandRun as(String profile, String... arguments) {
    return as(profile, running().credentials(), arguments);
  }

  /** Runs a command as that profile of another file. */
  public CommandRun as(String profile, Path credentials, String... arguments) {
    become(profile, credentials);
    return CommandRun.of(arguments);
  }
}
