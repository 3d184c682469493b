package dev.rolecall.cli.access.grants;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.client.Pages;
import dev.rolecall.cli.access.view.GrantView;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.GetGrantRequest;
import dev.rolecall.grants.v1.GrantStatus;
import dev.rolecall.grants.v1.ListGrantsRequest;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code rolecall access grants}: the grants that the caller may see, or one. */
@Command(
    name = "grants",
    mixinStandardHelpOptions = true,
    description = "List the grants that you may see and that hold or will; or show one.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:listed, none too",
      "1:refused, such as an id that you may not see",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access grants --mine --server access.internal:443",
      "  rolecall access grants GRANT --server access.internal:443"
    })
public final class GrantsCommand implements Callable<Integer> {

  /** The states of grants. */
  enum State {
    SCHEDULED(GrantStatus.SCHEDULED),
    ACTIVE(GrantStatus.ACTIVE),
    EXPIRED(GrantStatus.EXPIRED),
    REVOKED(GrantStatus.REVOKED);

    private final GrantStatus ofService;

    State(GrantStatus ofService) {
      this.ofService = ofService;
    }
  }

  @Parameters(arity = "0..1", paramLabel = "GRANT", description = "The id of the one to show.")
  @Nullable String id;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description =
          "Those in this state: scheduled, active, expired or revoked; repeat it for several.")
  List<State> states = List.of();

  @Option(names = "--mine", description = "Those that you hold.")
  boolean mine;

  @Option(
      names = "--permission",
      paramLabel = "NAME",
      description = "Those of this permission alone.")
  String permission = "";

  @Mixin Pages pages;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    if (id != null) {
      return access.print(
          AccessServiceGrpc.getGetGrantMethod(),
          GetGrantRequest.newBuilder().setId(id).build(),
          GrantView::print);
    }
    ListGrantsRequest.Builder question =
        ListGrantsRequest.newBuilder()
            .addAllStates(states.stream().map(state -> state.ofService).toList())
            .setMine(mine)
            .setPermission(permission);
    return pages.print(
        access,
        AccessServiceGrpc.getListGrantsMethod(),
        (size, token) -> question.setPageSize(size).setPageToken(token).build(),
        answer -> new Pages.Page<>(answer.getGrantsList(), answer.getNextPageToken()),
        GrantView::printAll);
  }
}
