package dev.rolecall.cli.demo;

import dev.rolecall.cli.log.Logging;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code rolecall demo relay}: a service without Rolecall behind a relay, in one
 * process, on the emulator. Its output fits a terminal of 80 columns and 32 lines, with the prompt.
 */
@Command(
    name = "relay",
    mixinStandardHelpOptions = true,
    description =
        "Watch a relay guard a service that knows nothing of Rolecall; needs no AWS account and no"
            + " network. Exit status 1 if a call does not end as it should.",
    footerHeading = "%nTo run the parts by hand, with any gRPC service at port 50052:%n",
    footer = {
      "  rolecall sts --write-credentials /tmp/roles",
      "  rolecall relay --port 50051 --audience orders --policy orders.yaml \\",
      "    --upstream 127.0.0.1:50052 --txn-domain demo \\",
      "    --write-cert /tmp/relay.pem --sts http://127.0.0.1:4570",
      "",
      "and as a role of /tmp/roles, 'rolecall call --audience orders'."
    })
final class DemoRelayCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Logging.warningsOnly();
    PrintWriter out = spec.commandLine().getOut();
    out.println("A gRPC service without Rolecall, and a relay in front of it that guards it as");
    out.println("\"orders\"; an STS emulator, and callers:");
    boolean asExpected;
    try (RelayScene scene = RelayScene.open()) {
      asExpected = new RelayStory(scene, out, System::nanoTime).tell();
    }
    out.println();
    out.println("'rolecall demo relay --help' says how to run the parts by hand.");
    out.flush();
    return asExpected ? ExitStatus.YES : ExitStatus.NO;
  }
}
