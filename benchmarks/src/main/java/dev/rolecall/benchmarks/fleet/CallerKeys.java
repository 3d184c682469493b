package dev.rolecall.benchmarks.fleet;

import static java.util.Objects.requireNonNull;

import dev.rolecall.stsemulator.EmulatedCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The session of an emulated role, in a form that can be handed to another process of the run.
 * {@code toString} masks it.
 */
public final class CallerKeys {

  private final AwsSessionCredentials session;

  private CallerKeys(AwsSessionCredentials session) {
    this.session = session;
  }

  /**
   * Those of a session.
   *
   * @throws IllegalArgumentException if they have no session token
   */
  public static CallerKeys of(EmulatedCredentials credentials) {
    return new CallerKeys(
        AwsSessionCredentials.create(
            credentials.accessKeyId(),
            credentials.secretAccessKey(),
            credentials
                .sessionToken()
                .orElseThrow(() -> new IllegalArgumentException("session token: none"))));
  }

  /**
   * The inverse of {@link #text}.
   *
   * @throws IllegalArgumentException if it is not of that form; the message does not repeat it
   */
  public static CallerKeys parse(String text) {
    String[] parts = requireNonNull(text, "text").split(" ", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("keys: **** (expected: three words)");
    }
    return new CallerKeys(AwsSessionCredentials.create(parts[0], parts[1], parts[2]));
  }

  /** One line, none of whose words holds a blank. A secret, if only among emulators. */
  public String text() {
    return session.accessKeyId() + " " + session.secretAccessKey() + " " + session.sessionToken();
  }

  /** The AWS SDK's form. */
  public StaticCredentialsProvider provider() {
    return StaticCredentialsProvider.create(session);
  }

  @Override
  public String toString() {
    return "CallerKeys[****]";
  }
}
