package dev.rolecall.cli.demo;

import dev.rolecall.cli.log.Logging;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code rolecall demo access}: access for a time, in one process, on the emulator. Its
 * output fits a terminal of 80 columns and 32 lines, with the prompt.
 */
@Command(
    name = "access",
    mixinStandardHelpOptions = true,
    description =
        "Watch access being asked for, approved, extended, and taken back from a live stream; needs"
            + " no AWS account and no network.",
    footerHeading = "%nTo run the parts by hand:%n",
    footer = {
      "  rolecall sts --roles roles.yaml --write-credentials /tmp/roles",
      "  rolecall access serve --rules access.yaml --port 50052 \\",
      "    --write-cert /tmp/access.pem --sts http://127.0.0.1:4570",
      "  rolecall serve --audience orders --policy orders.yaml \\",
      "    --write-cert /tmp/orders.pem --sts http://127.0.0.1:4570 \\",
      "    --grants 127.0.0.1:50052 --grants-trust-cert /tmp/access.pem",
      "",
      "and as one of the people of roles.yaml (AWS_PROFILE=ana):",
      "",
      "  rolecall access request orders-admin --for 1h --reason INC-42 \\",
      "    --server 127.0.0.1:50052 --trust-cert /tmp/access.pem \\",
      "    --sts http://127.0.0.1:4570",
      "",
      "docs/access.md has the rules and a policy; 'rolecall sts --help' the roles."
    })
final class DemoAccessCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Logging.warningsOnly();
    PrintWriter out = spec.commandLine().getOut();
    out.println("An access service, a guarded server \"orders\", an STS emulator, and people.");
    out.println("A rule of orders requires a grant of orders-admin, which two people approve:");
    AccessStory.tell(out);
    out.println();
    out.println("'rolecall demo access --help' says how to run the parts by hand.");
    out.flush();
    return ExitStatus.YES;
  }
}
