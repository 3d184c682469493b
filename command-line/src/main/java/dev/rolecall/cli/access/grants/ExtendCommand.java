package dev.rolecall.cli.access.grants;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.requests.Decided;
import dev.rolecall.cli.access.view.Times;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.ExtendGrantRequest;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code rolecall access extend}: asks for a later end of a grant. */
@Command(
    name = "extend",
    mixinStandardHelpOptions = true,
    description =
        "Ask for a later end of a grant, and print the request. Live calls go on once it is"
            + " approved.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:asked; with --wait, approved",
      "1:refused, such as a grant that has ended; with --wait, not approved",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access extend GRANT --for 1h --reason INC-42 \\",
      "    --server access.internal:443"
    })
public final class ExtendCommand implements Callable<Integer> {

  @Parameters(paramLabel = "GRANT", description = "The grant's id.")
  String id;

  @Option(
      names = "--for",
      required = true,
      paramLabel = "DURATION",
      description = "How long it is to last from now on, such as PT1H or 1h.")
  Duration duration;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; for those who review it.")
  String reason;

  @Option(names = "--ticket", paramLabel = "TEXT", description = "The ticket that it is for.")
  String ticket = "";

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "A name for this request: asking again with it asks once.")
  String key = "";

  @Option(names = "--wait", description = "Wait for the decision.")
  boolean waiting;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    ExtendGrantRequest request =
        ExtendGrantRequest.newBuilder()
            .setGrantId(id)
            .setDuration(Times.message(duration))
            .setReason(reason)
            .setTicket(ticket)
            .setIdempotencyKey(key)
            .build();
    return access.run(
        calls ->
            Decided.printed(
                access,
                calls,
                calls.send(AccessServiceGrpc.getExtendGrantMethod(), request),
                waiting));
  }
}
