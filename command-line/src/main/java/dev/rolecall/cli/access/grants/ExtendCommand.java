package dev.rolecall.cli.access.grants;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.requests.Decided;
import dev.rolecall.cli.access.requests.Wish;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.ExtendGrantRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin Wish wish;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    ExtendGrantRequest request =
        ExtendGrantRequest.newBuilder()
            .setGrantId(id)
            .setDuration(wish.duration())
            .setReason(wish.reason())
            .setTicket(wish.ticket())
            .setIdempotencyKey(wish.key())
            .build();
    return access.run(
        calls ->
            Decided.printed(
                access,
                calls,
                calls.send(AccessServiceGrpc.getExtendGrantMethod(), request),
                wish.isWaiting()));
  }
}
