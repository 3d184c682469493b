package dev.rolecall.cli.access.requests;

import dev.rolecall.cli.access.client.AccessCalls;
import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.RequestView;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.RequestState;
import dev.rolecall.grants.v1.WatchAccessRequestsRequest;
import java.util.OptionalInt;

/** The wait for the decision on a request. */
public final class Decided {

  private Decided() {}

  /**
   * Prints the request, or with a wait its decision.
   *
   * @return 0 for asked and, after a wait, for approved; 1 for any other decision; 2 after a signal
   */
  public static int printed(
      AccessOptions access, AccessCalls calls, AccessRequest asked, boolean isWaiting) {
    if (!isWaiting || asked.getState() != RequestState.PENDING) {
      RequestView.print(access.out(), asked, access.isJson());
      return isWaiting ? status(asked) : ExitStatus.YES;
    }
    // A server's words: a terminal must obey nothing in them.
    String id = Visible.line(asked.getId());
    access.err().println("request " + id + " is PENDING; waiting for its decision");
    access.err().flush();
    OptionalInt status =
        new RequestFollower(
                calls, WatchAccessRequestsRequest.newBuilder().setMine(true).build(), access.err())
            .follow(request -> decided(access, asked, request));
    if (status.isEmpty()) {
      access.err().println("no longer waiting: request " + id + " stays as it is");
    }
    return status.orElse(ExitStatus.COULD_NOT_TELL);
  }

  private static OptionalInt decided(
      AccessOptions access, AccessRequest asked, AccessRequest request) {
    if (!request.getId().equals(asked.getId()) || request.getState() == RequestState.PENDING) {
      return OptionalInt.empty();
    }
    RequestView.print(access.out(), request, access.isJson());
    return OptionalInt.of(status(request));
  }

  private static int status(AccessRequest request) {
    return request.getState() == RequestState.APPROVED ? ExitStatus.YES : ExitStatus.NO;
  }
}
