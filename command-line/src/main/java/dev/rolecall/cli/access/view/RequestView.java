package dev.rolecall.cli.access.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.terminal.Columns;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.Review;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Requests as people and scripts read them. */
public final class RequestView {

  private RequestView() {}

  /** Prints one request with all that the service says of it. */
  public static void print(PrintWriter out, AccessRequest request, boolean isJson) {
    if (isJson) {
      JsonOutput.print(out, json -> write(json, request));
    } else {
      details(request).print(out);
    }
  }

  /** Prints a table of requests, or an array. */
  public static void printAll(PrintWriter out, List<AccessRequest> requests, boolean isJson) {
    if (isJson) {
      JsonOutput.printAll(out, requests, RequestView::write);
      return;
    }
    if (requests.isEmpty()) {
      out.println("no requests");
      return;
    }
    Columns table = new Columns("id", "state", "permission", "duration", "for", "votes");
    requests.forEach(
        request ->
            table.add(
                request.getId(),
                request.getState().name(),
                request.getPermission(),
                Times.text(request.hasDuration(), request.getDuration()),
                Names.brief(request.getBeneficiary()),
                approvals(request) + "/" + request.getQuorum()));
    table.print(out);
  }

  /** A request in one line, for a stream of them. */
  public static String line(AccessRequest request) {
    return String.join(
        "  ",
        request.getState().name(),
        request.getId(),
        request.getPermission(),
        "for " + Names.brief(request.getBeneficiary()),
        approvals(request) + " of " + request.getQuorum() + " votes");
  }

  private static long approvals(AccessRequest request) {
    return request.getReviewsList().stream()
        .filter(review -> review.getDecision() == Decision.APPROVE)
        .count();
  }

  private static Details details(AccessRequest request) {
    Details details =
        new Details(
                (request.getExtension() ? "extension " : "request ")
                    + request.getId()
                    + "  "
                    + request.getState().name())
            .add("permission", request.getPermission())
            .add("resources", String.join(" ", request.getResourcesList()))
            .add("for", Names.full(request.getBeneficiary()))
            .add(
                "asked by",
                request.getRequester().equals(request.getBeneficiary())
                    ? ""
                    : Names.full(request.getRequester()))
            .add("duration", Times.text(request.hasDuration(), request.getDuration()))
            .add("starts", Times.text(request.hasStartsAt(), request.getStartsAt()))
            .add("asked", Times.text(request.hasCreatedAt(), request.getCreatedAt()))
            .add("lapses", Times.text(request.hasPendingUntil(), request.getPendingUntil()))
            .add("emergency", request.getBreakGlass() ? "yes, to be reviewed afterwards" : "")
            .add("reason", request.getReason())
            .add("ticket", request.getTicket())
            .add("votes", approvals(request) + " of " + request.getQuorum());
    request
        .getReviewsList()
        .forEach(
            review ->
                details.add(
                    review.getDecision().name().toLowerCase(Locale.ROOT),
                    Names.brief(review.getReviewer())
                        + ", "
                        + Times.text(review.hasReviewedAt(), review.getReviewedAt())
                        + (review.getReason().isEmpty() ? "" : ": " + review.getReason())));
    return details
        .add("grant", request.getGrantId())
        .add("revision", String.valueOf(request.getRevision()));
  }

  private static void write(JsonGenerator json, AccessRequest request) throws IOException {
    json.writeStringField("id", request.getId());
    json.writeStringField("state", request.getState().name());
    json.writeNumberField("revision", request.getRevision());
    Names.write(json, "requester", request.hasRequester(), request.getRequester());
    Names.write(json, "beneficiary", request.hasBeneficiary(), request.getBeneficiary());
    json.writeStringField("permission", request.getPermission());
    JsonOutput.texts(json, "resources", request.getResourcesList());
    json.writeStringField("reason", request.getReason());
    Names.optional(json, "ticket", request.getTicket());
    json.writeBooleanField("breakGlass", request.getBreakGlass());
    Names.optional(json, "duration", Times.text(request.hasDuration(), request.getDuration()));
    Names.optional(json, "startsAt", Times.exact(request.hasStartsAt(), request.getStartsAt()));
    Names.optional(json, "createdAt", Times.exact(request.hasCreatedAt(), request.getCreatedAt()));
    Names.optional(
        json, "pendingUntil", Times.exact(request.hasPendingUntil(), request.getPendingUntil()));
    json.writeNumberField("quorum", request.getQuorum());
    json.writeArrayFieldStart("reviews");
    for (Review review : request.getReviewsList()) {
      json.writeStartObject();
      Names.write(json, "reviewer", review.hasReviewer(), review.getReviewer());
      json.writeStringField("decision", review.getDecision().name());
      json.writeStringField("reason", review.getReason());
      Names.optional(
          json, "reviewedAt", Times.exact(review.hasReviewedAt(), review.getReviewedAt()));
      json.writeEndObject();
    }
    json.writeEndArray();
    Names.optional(json, "grantId", request.getGrantId());
    json.writeBooleanField("extension", request.getExtension());
  }
}
