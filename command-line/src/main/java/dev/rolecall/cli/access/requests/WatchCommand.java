package dev.rolecall.cli.access.requests;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.RequestView;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.WatchAccessRequestsRequest;
import dev.rolecall.grants.v1.WhoAmIRequest;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code rolecall access watch}: requests as they change. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Print the requests that you may see, and then each change, until it is stopped.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:stopped",
      "1:refused",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access watch --reviewable --json --server access.internal:443",
      "",
      "With --json, each line is an object."
    })
public final class WatchCommand implements Callable<Integer> {

  @Option(names = "--mine", description = "Those that you asked for or gain from.")
  boolean mine;

  @Option(names = "--reviewable", description = "Those that you may review.")
  boolean reviewable;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    WatchAccessRequestsRequest which =
        WatchAccessRequestsRequest.newBuilder().setMine(mine).setReviewable(reviewable).build();
    return access.run(
        calls -> {
          // An outage now ends the command; a later one is waited for.
          var unused =
              calls.send(AccessServiceGrpc.getWhoAmIMethod(), WhoAmIRequest.getDefaultInstance());
          return new RequestFollower(calls, which, access.err())
              .follow(this::print)
              .orElse(ExitStatus.YES);
        });
  }

  private OptionalInt print(AccessRequest request) {
    if (access.isJson()) {
      RequestView.print(access.out(), request, true);
    } else {
      access.out().println(Paragraph.of(Visible.line(RequestView.line(request))));
    }
    if (access.out().checkError()) {
      // Not to go on for ever, where the changes do.
      throw new CommandFailure("standard output takes no more: the watch was ended");
    }
    return OptionalInt.empty();
  }
}
