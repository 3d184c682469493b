package dev.rolecall.cli.sts;

import dev.rolecall.cli.arguments.ListenAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.server.RunUntilStopped;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.StsEmulator;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code rolecall sts}: the emulator as a process. */
@Command(
    name = "sts",
    mixinStandardHelpOptions = true,
    description = "Run the STS emulator until it is stopped. It is not AWS STS.",
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall sts --port 4570 --write-credentials /tmp/roles &",
      "  export AWS_SHARED_CREDENTIALS_FILE=/tmp/roles AWS_PROFILE=checkout",
      "  rolecall token --audience orders --sts http://127.0.0.1:4570",
      "",
      "A roles file is YAML or JSON. Only arn is required; what is left out is random:",
      "",
      "  roles:",
      "    - arn: arn:aws:iam::111122223333:role/checkout",
      "      sessionName: i-0abc",
      "      accessKeyId: ASIAEXAMPLE0000000001",
      "      secretAccessKey: ...",
      "      sessionToken: ..."
    })
public final class StsCommand implements Callable<Integer> {

  private static final List<String> DEFAULT_ROLES =
      List.of(
          "arn:aws:iam::111122223333:role/checkout", "arn:aws:iam::111122223333:role/reporting");

  @Option(
      names = "--port",
      defaultValue = "4570",
      paramLabel = "PORT",
      description = "The port; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  int port;

  @Option(
      names = "--listen",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description =
          "The address to listen on, such as 0.0.0.0 in a container. Default: ${DEFAULT-VALUE}.")
  ListenAddress listenOn;

  @Option(
      names = "--roles",
      paramLabel = "FILE",
      description = "The roles it knows. Default: checkout and reporting of 111122223333.")
  @Nullable Path roles;

  @Option(
      names = "--write-credentials",
      paramLabel = "FILE",
      description =
          "Write the roles' credentials to this file, readable by its owner alone, as profiles"
              + " named after the roles, for AWS_SHARED_CREDENTIALS_FILE.")
  @Nullable Path credentialsFile;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    List<EmulatedPrincipal> principals =
        roles == null
            ? DEFAULT_ROLES.stream().map(EmulatedPrincipal::of).toList()
            : RolesFile.read(roles);
    try (StsEmulator emulator = started()) {
      Map<String, EmulatedCredentials> credentials = new LinkedHashMap<>();
      for (EmulatedPrincipal principal : principals) {
        EmulatedCredentials added = added(emulator, principal);
        credentials.put(CredentialsFile.profileOf(added, credentials.keySet()), added);
      }
      if (credentialsFile != null) {
        CredentialsFile.write(credentialsFile, credentials);
      }
      PrintWriter out = spec.commandLine().getOut();
      out.println("sts emulator on " + emulator.endpoint());
      credentials.forEach(
          (profile, added) -> out.println("  " + profile + "  " + added.callerArn()));
      out.flush();
      RunUntilStopped.serving(emulator::close);
      return ExitStatus.YES;
    }
  }

  private StsEmulator started() {
    try {
      return StsEmulator.builder()
          .listenBeyondThisMachine(listenOn.address())
          .port(listenOn.port().orElse(port))
          .start();
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private EmulatedCredentials added(StsEmulator emulator, EmulatedPrincipal principal) {
    try {
      return emulator.add(principal);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(roles + ": " + e.getMessage(), e);
    }
  }
}
