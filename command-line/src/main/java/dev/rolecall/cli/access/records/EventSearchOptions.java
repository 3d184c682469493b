package dev.rolecall.cli.access.records;

import dev.rolecall.cli.access.view.Times;
import dev.rolecall.cli.arguments.ExpiryArgument;
import dev.rolecall.grants.v1.ListEventsRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what to search the audit trail for. */
final class EventSearchOptions {

  @Option(
      names = "--who",
      paramLabel = "PART",
      description =
          "Those with this part of a name, in any case: of who acted, who asked, or whose access it"
              + " is. The name of a person, a role or another principal.")
  String who = "";

  @Option(
      names = "--kind",
      paramLabel = "WORD",
      description = "Those of a kind such as grant.revoked, or of all that begin with \"grant.\".")
  String kind = "";

  @Option(
      names = "--text",
      paramLabel = "PART",
      description = "Those with this part of a reason or a ticket, in any case.")
  String text = "";

  @Option(
      names = "--from",
      paramLabel = "WHEN",
      description =
          "At this time or later: a time such as 2027-03-01T00:00:00Z, or 24h for 24 hours ago.")
  @Nullable ExpiryArgument from;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description = "Before this time, which is written as that of --from.")
  @Nullable ExpiryArgument until;

  /**
   * Adds what is stated to a question.
   *
   * @throws dev.rolecall.cli.failure.CommandFailure if no calendar has one of the times
   */
  void writeTo(ListEventsRequest.Builder question) {
    question.setWho(who).setKind(kind).setText(text);
    if (from != null) {
      question.setFrom(Times.past("--from", from));
    }
    if (until != null) {
      question.setUntil(Times.past("--until", until));
    }
  }
}
