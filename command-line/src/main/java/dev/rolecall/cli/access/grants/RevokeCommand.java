package dev.rolecall.cli.access.grants;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.GrantView;
import dev.rolecall.cli.access.view.Times;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.RevokeGrantRequest;
import dev.rolecall.grants.v1.RevokeGrantResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code rolecall access revoke}: ends a grant now. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = "End a grant now. Calls that rest on it end.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:revoked; with --wait, and each connected enforcer knows",
      "1:refused: you may not revoke it, or it has ended",
      "2:could not tell; with --wait, some enforcers have not confirmed"
    },
    footerHeading = "%nFor example:%n",
    footer = "  rolecall access revoke GRANT --reason done --wait --server access.internal:443")
public final class RevokeCommand implements Callable<Integer> {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  @Parameters(paramLabel = "GRANT", description = "The grant's id.")
  String id;

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  String reason;

  @Option(
      names = "--wait",
      description =
          "Wait until each enforcer that is connected has confirmed: ten seconds, or half of"
              + " --timeout if that is less.")
  boolean waiting;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    RevokeGrantRequest.Builder request =
        RevokeGrantRequest.newBuilder().setGrantId(id).setReason(reason);
    if (waiting) {
      Duration half = access.timeout().dividedBy(2);
      request.setWait(Times.message(half.compareTo(LONGEST_WAIT) < 0 ? half : LONGEST_WAIT));
    }
    return access.run(
        calls -> {
          RevokeGrantResponse answer =
              calls.send(AccessServiceGrpc.getRevokeGrantMethod(), request.build());
          print(answer);
          return waiting && answer.getUnconfirmedCount() > 0
              ? ExitStatus.COULD_NOT_TELL
              : ExitStatus.YES;
        });
  }

  private void print(RevokeGrantResponse answer) {
    if (access.isJson()) {
      JsonOutput.print(
          access.out(),
          json -> {
            GrantView.write(json, answer.getGrant());
            JsonOutput.texts(json, "unconfirmed", answer.getUnconfirmedList());
            json.writeNumberField("streamsEnded", answer.getStreamsEnded());
          });
      return;
    }
    GrantView.print(access.out(), answer.getGrant(), false);
    if (waiting) {
      access.out().println("  enforcers have ended " + answer.getStreamsEnded() + " streams");
      answer
          .getUnconfirmedList()
          .forEach(node -> access.out().println("  not confirmed by " + Visible.line(node)));
    }
  }
}
