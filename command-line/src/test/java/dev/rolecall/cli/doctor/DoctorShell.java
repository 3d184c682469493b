package dev.rolecall.cli.doctor;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.arguments.ArgumentTypes;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.Terminal;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A shell for {@code doctor}: an STS, and AWS credentials that are not this machine's own. */
public final class DoctorShell implements AutoCloseable {

  public static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";

  private static final List<String> CREDENTIALS =
      List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.sessionToken");

  public final StsEmulator sts = StsEmulator.start();
  final EmulatedCredentials checkout = sts.addRole(CHECKOUT);

  /** Its files have no profile, and no Region; its credentials are those of checkout. */
  public DoctorShell(Path directory) {
    Path credentials = directory.resolve("credentials");
    try {
      Files.writeString(credentials, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.setProperty("aws.sharedCredentialsFile", credentials.toString());
    System.setProperty("aws.configFile", credentials.toString());
    System.setProperty("aws.disableEc2Metadata", "true");
    use(checkout);
  }

  /** Has these credentials be the shell's, or none. */
  public void use(@Nullable EmulatedCredentials credentials) {
    CREDENTIALS.forEach(System::clearProperty);
    if (credentials != null) {
      System.setProperty("aws.accessKeyId", credentials.accessKeyId());
      System.setProperty("aws.secretAccessKey", credentials.secretAccessKey());
      credentials.sessionToken().ifPresent(token -> System.setProperty("aws.sessionToken", token));
    }
  }

  /** Asks the doctor, who asks this STS. */
  public CommandRun doctor(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--sts", sts.endpoint().toString()));
    all.addAll(List.of(arguments));
    return run(new DoctorCommand(), all);
  }

  static CommandRun run(DoctorCommand doctor, List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = Terminal.of(out, err);
    CommandLine command =
        ArgumentTypes.registerIn(new CommandLine(doctor))
            .setOut(terminal.out())
            .setErr(terminal.err())
            .setExecutionExceptionHandler(
                (thrown, line, parsed) -> {
                  line.getErr().println(thrown.getMessage());
                  return ExitStatus.COULD_NOT_TELL;
                });
    int status = command.execute(arguments.toArray(String[]::new));
    return new CommandRun(status, out.toString(), err.toString());
  }

  @Override
  public void close() {
    CREDENTIALS.forEach(System::clearProperty);
    for (String name : List.of("aws.sharedCredentialsFile", "aws.configFile", "aws.profile")) {
      System.clearProperty(name);
    }
    System.clearProperty("aws.disableEc2Metadata");
    sts.close();
  }
}
