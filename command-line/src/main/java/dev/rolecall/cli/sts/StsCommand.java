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
import java.net.URI;
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
      "A roles file is YAML or JSON. Only roles and arn are required; ids and secrets",
      "that are left out are random:",
      "",
      "  roles:",
      "    - arn: arn:aws:iam::111122223333:role/checkout",
      "      sessionName: i-0abc",
      "      accessKeyId: ASIAEXAMPLE0000000001",
      "      secretAccessKey: ...",
      "      sessionToken: ...",
      "      tags: {team: payments}",
      "      orgId: o-abc1234567",
      "      ouPath: o-abc1234567/r-ab12/ou-ab12-11111111/",
      "  permissionSets:",
      "    - account: \"111122223333\"",
      "      name: Engineer",
      "      roleId: AROAENGINEER00000001",
      "      users: [ana@example.com, ben@example.com]",
      "  webIdentity: [\"111122223333\"]",
      "",
      "Each user of a permission set, as IAM Identity Center has them, is a profile of",
      "the part of the name before the @."
    })
public final class StsCommand implements Callable<Integer> {

  private static final RolesFile DEFAULT_ROLES =
      new RolesFile(
          List.of(
              EmulatedPrincipal.of("arn:aws:iam::111122223333:role/checkout"),
              EmulatedPrincipal.of("arn:aws:iam::111122223333:role/reporting")),
          List.of());

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

  @Option(
      names = "--web-identity",
      paramLabel = "ACCOUNT",
      description =
          "Enable outbound identity federation in this account, so that its roles get web identity"
              + " tokens. Repeat it for several. A roles file can name accounts too.")
  List<String> federatedAccounts = List.of();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    RolesFile known = roles == null ? DEFAULT_ROLES : RolesFile.read(roles);
    try (StsEmulator emulator = started()) {
      Map<String, EmulatedCredentials> credentials = new LinkedHashMap<>();
      for (EmulatedPrincipal principal : known.principals()) {
        EmulatedCredentials added = added(emulator, principal);
        credentials.put(CredentialsFile.profileOf(added, credentials.keySet()), added);
      }
      if (credentialsFile != null) {
        CredentialsFile.write(credentialsFile, credentials);
      }
      Map<String, URI> issuers = issuers(emulator, known);
      RunUntilStopped running = RunUntilStopped.with(emulator::close);
      PrintWriter out = spec.commandLine().getOut();
      out.println("sts emulator on " + emulator.endpoint());
      credentials.forEach(
          (profile, added) -> out.println("  " + profile + "  " + added.callerArn()));
      issuers.forEach(
          (account, issuer) -> out.println("web identity of " + account + "\n  " + issuer));
      out.flush();
      running.await();
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

  private Map<String, URI> issuers(StsEmulator emulator, RolesFile known) {
    Map<String, URI> issuers = new LinkedHashMap<>();
    known
        .webIdentityAccounts()
        .forEach(account -> issuers.put(account, emulator.outboundFederation().enable(account)));
    for (String account : federatedAccounts) {
      try {
        issuers.put(account, emulator.outboundFederation().enable(account));
      } catch (IllegalArgumentException e) {
        throw new CommandFailure("--web-identity: " + e.getMessage(), e);
      }
    }
    return issuers;
  }

  private EmulatedCredentials added(StsEmulator emulator, EmulatedPrincipal principal) {
    try {
      return emulator.add(principal);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(roles + ": " + e.getMessage(), e);
    }
  }
}
