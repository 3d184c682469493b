package dev.rolecall.cli.access.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.terminal.Columns;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.grants.v1.Enforcer;
import dev.rolecall.grants.v1.Event;
import dev.rolecall.grants.v1.ListEnforcersResponse;
import dev.rolecall.grants.v1.ListPermissionsResponse;
import dev.rolecall.grants.v1.Permission;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Events, enforcers and permissions as people and scripts read them. */
public final class RecordView {

  private RecordView() {}

  /** Prints the audit trail, or an array. */
  public static void printEvents(PrintWriter out, List<Event> events, boolean isJson) {
    if (isJson) {
      JsonOutput.printAll(out, events, RecordView::write);
      return;
    }
    if (events.isEmpty()) {
      out.println("no events");
      return;
    }
    Columns table = new Columns("at", "event", "about", "by");
    events.forEach(
        event ->
            table.add(
                Times.text(event.hasAt(), event.getAt()),
                event.getKind(),
                event.getRef(),
                event.hasActor() ? Names.brief(event.getActor()) : "the service"));
    table.print(out);
  }

  private static void write(JsonGenerator json, Event event) throws IOException {
    json.writeNumberField("revision", event.getRevision());
    json.writeStringField("kind", event.getKind());
    json.writeStringField("ref", event.getRef());
    Names.write(json, "actor", event.hasActor(), event.getActor());
    Names.optional(json, "at", Times.exact(event.hasAt(), event.getAt()));
    // As a text: what the service says is an object may be none.
    json.writeStringField("body", event.getBody());
  }

  /** Prints the servers that follow grants, or an array. */
  public static void printEnforcers(PrintWriter out, ListEnforcersResponse answer, boolean isJson) {
    List<Enforcer> enforcers = answer.getEnforcersList();
    if (isJson) {
      JsonOutput.printAll(out, enforcers, RecordView::write);
      return;
    }
    out.println("newest revision " + answer.getRevision());
    if (enforcers.isEmpty()) {
      out.println("no enforcers");
      return;
    }
    Columns table = new Columns("node", "connected", "confirmed", "at", "caller");
    enforcers.forEach(
        each ->
            table.add(
                each.getNode(),
                each.getConnected() ? "yes" : "no",
                each.getAcknowledgedRevision() == 0
                    ? "none"
                    : String.valueOf(each.getAcknowledgedRevision()),
                Times.text(each.getAcknowledgedRevision() > 0, each.getAcknowledgedAt()),
                Names.brief(each.getCaller())));
    table.print(out);
  }

  private static void write(JsonGenerator json, Enforcer enforcer) throws IOException {
    json.writeStringField("node", enforcer.getNode());
    Names.write(json, "caller", enforcer.hasCaller(), enforcer.getCaller());
    json.writeBooleanField("connected", enforcer.getConnected());
    json.writeNumberField("acknowledgedRevision", enforcer.getAcknowledgedRevision());
    Names.optional(
        json,
        "acknowledgedAt",
        Times.exact(enforcer.hasAcknowledgedAt(), enforcer.getAcknowledgedAt()));
    JsonOutput.texts(json, "permissions", enforcer.getPermissionsList());
  }

  /** Prints what the caller may ask for or review, with the limits; or an array. */
  public static void printPermissions(
      PrintWriter out, ListPermissionsResponse answer, boolean isJson) {
    List<Permission> permissions = answer.getPermissionsList();
    if (isJson) {
      JsonOutput.printAll(out, permissions, RecordView::write);
      return;
    }
    if (permissions.isEmpty()) {
      out.println("no permissions that this caller may ask for or review");
    }
    permissions.forEach(each -> details(each).print(out));
  }

  private static Details details(Permission each) {
    List<String> may = new ArrayList<>();
    if (each.getMayRequest()) {
      may.add("request");
    }
    if (each.getMayReview()) {
      may.add("review");
    }
    List<String> asks = new ArrayList<>();
    if (each.getReasonRequired()) {
      asks.add("reason");
    }
    if (each.getTicketRequired()) {
      asks.add("ticket");
    }
    return new Details(each.getName())
        .add("you may", String.join(", ", may))
        .add("for at most", Times.text(each.hasMaxDuration(), each.getMaxDuration()))
        .add("votes", String.valueOf(each.getQuorum()))
        .add("lapses after", Times.text(each.hasPendingFor(), each.getPendingFor()))
        .add(
            "ahead",
            Times.text(each.getMayScheduleAhead().getSeconds() > 0, each.getMayScheduleAhead()))
        .add("needs", String.join(", ", asks))
        .add("resources", String.join(" ", each.getResourcesList()))
        .add(
            "emergency",
            Times.text(each.hasBreakGlassMaxDuration(), each.getBreakGlassMaxDuration()));
  }

  private static void write(JsonGenerator json, Permission each) throws IOException {
    json.writeStringField("name", each.getName());
    json.writeBooleanField("mayRequest", each.getMayRequest());
    json.writeBooleanField("mayReview", each.getMayReview());
    json.writeNumberField("quorum", each.getQuorum());
    Names.optional(json, "maxDuration", Times.text(each.hasMaxDuration(), each.getMaxDuration()));
    Names.optional(json, "pendingFor", Times.text(each.hasPendingFor(), each.getPendingFor()));
    Names.optional(
        json,
        "mayScheduleAhead",
        Times.text(each.hasMayScheduleAhead(), each.getMayScheduleAhead()));
    json.writeBooleanField("reasonRequired", each.getReasonRequired());
    json.writeBooleanField("ticketRequired", each.getTicketRequired());
    JsonOutput.texts(json, "resources", each.getResourcesList());
    Names.optional(
        json,
        "breakGlassMaxDuration",
        Times.text(each.hasBreakGlassMaxDuration(), each.getBreakGlassMaxDuration()));
  }
}
