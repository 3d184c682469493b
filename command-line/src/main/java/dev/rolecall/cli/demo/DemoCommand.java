package dev.rolecall.cli.demo;

import dev.rolecall.cli.log.Logging;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code rolecall demo}: a server and its callers in one process, on the emulator. Its
 * output fits a terminal of 80 columns and 32 lines, with the prompt.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Watch calls being admitted and refused; needs no AWS account and no network.",
    subcommands = {DemoAccessCommand.class, DemoRelayCommand.class},
    footerHeading = "%nThe columns:%n",
    footer = {
      "  check  the server's time for the check of the call",
      "  STS    the server's requests to STS so far",
      "",
      "To run the parts by hand, write the policy's part about roles to orders.yaml:",
      "",
      DemoPolicy.TEXT,
      "and run each of these in a shell:",
      "",
      "  rolecall sts --write-credentials /tmp/roles",
      "",
      "  rolecall serve --audience orders --policy orders.yaml \\",
      "    --write-cert /tmp/orders.pem --sts http://127.0.0.1:4570",
      "",
      "  export AWS_SHARED_CREDENTIALS_FILE=/tmp/roles AWS_PROFILE=checkout",
      "  rolecall call --audience orders --trust-cert /tmp/orders.pem \\",
      "    --sts http://127.0.0.1:4570 127.0.0.1:50051 rolecall.demo.v1.Echo/WhoAmI"
    })
public final class DemoCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Logging.warningsOnly();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "A gRPC server for the audience \"orders\" over TLS, an STS emulator, and callers:");
    DemoTable table = new DemoTable(out);
    try (DemoServer server = DemoServer.start()) {
      try (DemoCalls calls = new DemoCalls(server, table)) {
        calls.warmUp();
        table.printHeader();
        calls.run();
      }
      out.printf(
          "%d calls took %d requests to STS; the others were decided in memory.%n",
          table.calls(), server.stsCalls());
      out.println("One caller of each kind, under the same policy:");
      server.thaw();
      new DemoKinds(server, out).run();
      out.println("Both ends prove their roles in the TLS handshake, with no proof per call:");
      try (DemoMutual mutual = new DemoMutual(server, table)) {
        mutual.run();
      }
    }
    out.println();
    out.println("'rolecall demo --help' says how to run the parts by hand.");
    out.flush();
    return ExitStatus.YES;
  }
}
