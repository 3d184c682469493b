package dev.rolecall.cli.access.grants;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.GrantView;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.PostReview;
import dev.rolecall.grants.v1.ReviewBreakGlassRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code rolecall access review-break-glass}: judges access that was taken. */
@Command(
    name = "review-break-glass",
    mixinStandardHelpOptions = true,
    description = "Say whether access that was taken in an emergency was right.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:noted",
      "1:refused: it is noted already, it is your own, or you may not review it",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access review-break-glass GRANT --acknowledge --reason INC-42 \\",
      "    --server access.internal:443"
    })
public final class ReviewBreakGlassCommand implements Callable<Integer> {

  @Parameters(paramLabel = "GRANT", description = "The grant's id.")
  String id;

  @ArgGroup(exclusive = true, multiplicity = "1")
  Verdict verdict;

  /** The two verdicts. */
  static final class Verdict {
    @Option(
        names = "--acknowledge",
        required = true,
        description = "It was right. An administrator takes a flag back so.")
    boolean acknowledge;

    @Option(
        names = "--flag",
        required = true,
        description =
            "It was wrong: the grant is revoked, if it still holds, and the person has no more"
                + " emergency access for the permission until an administrator acknowledges it.")
    boolean flag;
  }

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  String reason;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    ReviewBreakGlassRequest request =
        ReviewBreakGlassRequest.newBuilder()
            .setGrantId(id)
            .setDecision(verdict.acknowledge ? PostReview.ACKNOWLEDGED : PostReview.FLAGGED)
            .setReason(reason)
            .build();
    return access.run(
        calls -> {
          GrantView.print(
              access.out(),
              calls.send(AccessServiceGrpc.getReviewBreakGlassMethod(), request),
              access.isJson());
          if (verdict.flag) {
            access
                .err()
                .println(
                    Paragraph.of(
                        "The person may still take emergency access for other permissions. To"
                            + " prevent that, have an administrator lock the person: rolecall"
                            + " access lock --person"));
          }
          return ExitStatus.YES;
        });
  }
}
