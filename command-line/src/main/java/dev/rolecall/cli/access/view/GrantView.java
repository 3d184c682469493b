package dev.rolecall.cli.access.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.terminal.Columns;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.PostReview;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Grants as people and scripts read them. */
public final class GrantView {

  private GrantView() {}

  /** Prints one grant with all that the service says of it. */
  public static void print(PrintWriter out, Grant grant, boolean isJson) {
    if (isJson) {
      JsonOutput.print(out, json -> write(json, grant));
    } else {
      details(grant).print(out);
    }
  }

  /** Prints a table of grants, or an array. */
  public static void printAll(PrintWriter out, List<Grant> grants, boolean isJson) {
    if (isJson) {
      JsonOutput.printAll(out, grants, GrantView::write);
      return;
    }
    if (grants.isEmpty()) {
      out.println("no grants");
      return;
    }
    Columns table = new Columns("id", "state", "permission", "holder", "until");
    grants.forEach(
        grant ->
            table.add(
                grant.getId(),
                grant.getState().name(),
                grant.getPermission(),
                Names.brief(grant.getHolder()),
                Times.text(grant.hasEndsAt(), grant.getEndsAt())));
    table.print(out);
  }

  private static String review(Grant grant) {
    return grant.getPostReview() == PostReview.POST_REVIEW_UNSPECIFIED
        ? ""
        : grant.getPostReview().name();
  }

  private static Details details(Grant grant) {
    return new Details("grant " + grant.getId() + "  " + grant.getState().name())
        .add("permission", grant.getPermission())
        .add("resources", String.join(" ", grant.getResourcesList()))
        .add("holder", Names.full(grant.getHolder()))
        .add("from", Times.text(grant.hasStartsAt(), grant.getStartsAt()))
        .add("until", Times.text(grant.hasEndsAt(), grant.getEndsAt()))
        .add("emergency", grant.getBreakGlass() ? "yes" : "")
        .add("review", review(grant))
        .add("ended by", Names.full(grant.getEndedBy()))
        .add("because", grant.getEndedReason())
        .add("request", grant.getRequestId())
        .add("revision", String.valueOf(grant.getRevision()));
  }

  /** Writes the fields of an object. */
  public static void write(JsonGenerator json, Grant grant) throws IOException {
    json.writeStringField("id", grant.getId());
    json.writeStringField("state", grant.getState().name());
    json.writeNumberField("revision", grant.getRevision());
    json.writeNumberField("version", grant.getVersion());
    Names.optional(json, "requestId", grant.getRequestId());
    Names.write(json, "holder", grant.hasHolder(), grant.getHolder());
    json.writeStringField("permission", grant.getPermission());
    JsonOutput.texts(json, "resources", grant.getResourcesList());
    Names.optional(json, "startsAt", Times.exact(grant.hasStartsAt(), grant.getStartsAt()));
    Names.optional(json, "endsAt", Times.exact(grant.hasEndsAt(), grant.getEndsAt()));
    json.writeBooleanField("breakGlass", grant.getBreakGlass());
    Names.optional(json, "postReview", review(grant));
    Names.write(json, "endedBy", grant.hasEndedBy(), grant.getEndedBy());
    Names.optional(json, "endedReason", grant.getEndedReason());
  }
}
