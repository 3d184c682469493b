package dev.rolecall.service.store.internal.row;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.AccessEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/** Events as rows. */
public final class EventRows {

  /** The columns of an event. */
  public static final String COLUMNS =
      "revision, kind, ref, grant_id, permission, actor, at_ms, body";

  public static final String SELECT = "select " + COLUMNS + " from outbox ";

  private EventRows() {}

  public static AccessEvent read(ResultSet row, StatementContext context) throws SQLException {
    Columns columns = new Columns(row);
    return new AccessEvent(
        columns.number("revision"),
        columns.text("kind"),
        new AccessEvent.About(
            columns.text("ref"),
            columns.optional("grant_id"),
            columns.optional("permission").map(PermissionName::of)),
        columns.optional("actor").map(JsonText::subject),
        columns.time("at_ms"),
        columns.text("body"));
  }
}
