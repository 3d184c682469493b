package dev.rolecall.cli.access.requests;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.RequestView;
import dev.rolecall.cli.access.view.Times;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code rolecall access review}: approves or denies a request. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description = "Approve or deny a request of another person.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:your vote counts",
      "1:refused: it is decided, it is your own, or you may not review it",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access review ID --approve --reason seen --revision 12 \\",
      "    --server access.internal:443",
      "",
      "Read the request first, with 'rolecall access show', and name the revision that",
      "you have read: the vote is refused if it has changed since."
    })
public final class ReviewCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "The request's id.")
  String id;

  @ArgGroup(exclusive = true, multiplicity = "1")
  Vote vote;

  /** The two votes. */
  static final class Vote {
    @Option(names = "--approve", required = true, description = "Say yes.")
    boolean approve;

    @Option(names = "--deny", required = true, description = "Say no, which decides at once.")
    boolean deny;
  }

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; the requester sees it.")
  String reason;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Approve for a shorter time than was asked for, such as PT30M or 30m.")
  @Nullable Duration duration;

  @Option(
      names = "--resource",
      paramLabel = "NAME",
      description = "Approve for this resource of those asked for; repeat it for several.")
  List<String> resources = List.of();

  @Option(
      names = "--revision",
      paramLabel = "NUMBER",
      description = "The revision that you have read.")
  long revision;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    ReviewAccessRequest.Builder review =
        ReviewAccessRequest.newBuilder()
            .setId(id)
            .setDecision(vote.approve ? Decision.APPROVE : Decision.DENY)
            .setReason(reason)
            .setExpectedRevision(revision)
            .addAllResources(resources);
    if (duration != null) {
      review.setDuration(Times.message(duration));
    }
    return access.print(
        AccessServiceGrpc.getReviewAccessMethod(), review.build(), RequestView::print);
  }
}
