package dev.rolecall.cli.access.records;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.client.Pages;
import dev.rolecall.cli.access.view.RecordView;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.ListEventsRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code rolecall access events}: the audit trail. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = {
      "Search and print the audit trail: each change, and who made it. An event has to meet all"
          + " that is stated. No character of --who and --text is a wildcard."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:printed, none too",
      "1:refused",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access events --ref GRANT --server access.internal:443",
      "  rolecall access events --who ana --from 24h --newest-first --server access.internal:443",
      "  rolecall access events --after 1200 --json --server access.internal:443"
    })
public final class EventsCommand implements Callable<Integer> {

  @Option(
      names = "--after",
      paramLabel = "REVISION",
      description = "Those of later revisions alone.")
  long after;

  @Option(
      names = "--ref",
      paramLabel = "ID",
      description = "Those about this request, grant or lock alone.")
  String ref = "";

  @Option(
      names = "--permission",
      paramLabel = "NAME",
      description = "Those about this permission alone.")
  String permission = "";

  @Mixin EventSearchOptions search;

  @Option(names = "--newest-first", description = "The newest first. Default: the oldest.")
  boolean newestFirst;

  @Mixin Pages pages;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    ListEventsRequest.Builder question =
        ListEventsRequest.newBuilder()
            .setAfterRevision(after)
            .setRef(ref)
            .setPermission(permission)
            .setNewestFirst(newestFirst);
    search.writeTo(question);
    return pages.print(
        access,
        AccessServiceGrpc.getListEventsMethod(),
        (size, token) -> question.setPageSize(size).setPageToken(token).build(),
        answer -> new Pages.Page<>(answer.getEventsList(), answer.getNextPageToken()),
        RecordView::printEvents);
  }
}
