package dev.rolecall.cli.demo;

import dev.rolecall.cli.log.Logging;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code rolecall demo}: a server and its callers in one process, on the emulator. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Watch calls being admitted and refused; needs no AWS account and no network.")
public final class DemoCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Logging.warningsOnly();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "A gRPC server for the audience \"orders\" over TLS, an STS emulator, and callers:");
    out.println();
    DemoTable table = new DemoTable(out);
    try (DemoServer server = DemoServer.start()) {
      try (DemoCalls calls = new DemoCalls(server, table)) {
        calls.warmUp();
        table.printHeader();
        calls.run();
      }
      out.println();
      out.printf(
          "%d calls took %d requests to STS; the others were decided in memory.%n",
          table.calls(), server.stsCalls());
      out.println();
      out.println("Both ends prove their roles in the handshake; no authority, no proof per call:");
      out.println();
      try (DemoMutual mutual = new DemoMutual(server, table)) {
        mutual.run();
      }
    }
    out.println(
        """

        What to try next, each in a shell:
          ./rolecall sts --write-credentials /tmp/roles

          ./rolecall serve --audience orders --write-cert /tmp/orders.pem \\
            --policy observability/policy/orders.yaml --sts http://127.0.0.1:4570

          AWS_SHARED_CREDENTIALS_FILE=/tmp/roles AWS_PROFILE=checkout \\
            ./rolecall call --audience orders --trust-cert /tmp/orders.pem \\
            --sts http://127.0.0.1:4570 127.0.0.1:50051 rolecall.demo.v1.Echo/WhoAmI

          ./rolecall --help
        """
            .stripTrailing());
    out.flush();
    return ExitStatus.YES;
  }
}
