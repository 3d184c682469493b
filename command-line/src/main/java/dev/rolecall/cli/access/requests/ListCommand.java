package dev.rolecall.cli.access.requests;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.client.Pages;
import dev.rolecall.cli.access.view.RequestView;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.ListAccessRequestsRequest;
import dev.rolecall.grants.v1.RequestState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code rolecall access list}: the requests that the caller may see. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the requests that you may see.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:listed, none too",
      "1:refused",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access list --reviewable --server access.internal:443",
      "  rolecall access list --mine --state pending --server access.internal:443"
    })
public final class ListCommand implements Callable<Integer> {

  /** The states of requests. */
  enum State {
    PENDING(RequestState.PENDING),
    APPROVED(RequestState.APPROVED),
    DENIED(RequestState.DENIED),
    CANCELLED(RequestState.CANCELLED),
    LAPSED(RequestState.LAPSED);

    private final RequestState ofService;

    State(RequestState ofService) {
      this.ofService = ofService;
    }
  }

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description =
          "Those in this state alone: pending, approved, denied, cancelled or lapsed; repeat it for"
              + " several.")
  List<State> states = List.of();

  @Option(names = "--mine", description = "Those that you asked for or gain from.")
  boolean mine;

  @Option(
      names = "--reviewable",
      description =
          "Those that you may review now, with emergency access that waits for its review:"
              + " approved ones, for 'access review-break-glass'.")
  boolean reviewable;

  @Option(
      names = "--permission",
      paramLabel = "NAME",
      description = "Those for this permission alone.")
  String permission = "";

  @Mixin Pages pages;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    ListAccessRequestsRequest.Builder question =
        ListAccessRequestsRequest.newBuilder()
            .addAllStates(states.stream().map(state -> state.ofService).toList())
            .setMine(mine)
            .setReviewable(reviewable)
            .setPermission(permission);
    return pages.print(
        access,
        AccessServiceGrpc.getListAccessRequestsMethod(),
        (size, token) -> question.setPageSize(size).setPageToken(token).build(),
        answer -> new Pages.Page<>(answer.getRequestsList(), answer.getNextPageToken()),
        RequestView::printAll);
  }
}
