package dev.rolecall.service.store.internal.row;

import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.LockTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Locks as rows. */
public final class LockRows {

  /** All columns. */
  public static final String SELECT =
      """
      select id, kind, value, principal, subjects, lock_until, issued_before, revision, locked_by, locked_at,
             locked_reason, unlocked_by, unlocked_at, unlocked_reason
      from access_lock\s""";

  /** Whether a lock holds, by the store's clock. */
  public static final String HOLDS =
      "unlocked_at is null and (lock_until is null or lock_until > <clock>)";

  private LockRows() {}

  public static AccessLock read(ResultSet row, StatementContext context) throws SQLException {
    Columns columns = new Columns(row);
    return new AccessLock(
        columns.text("id"),
        columns.number("revision"),
        new LockTarget(
            LockTarget.Kind.valueOf(columns.text("kind")),
            columns.text("value"),
            columns.optional("principal"),
            columns.optional("subjects").map(JsonText::subjects).orElse(List.of())),
        new AccessLock.Limits(
            columns.optionalTime("lock_until"), columns.optionalTime("issued_before")),
        columns.act("locked").orElseThrow(),
        columns.act("unlocked"));
  }

  /** The locks that hold now, oldest first. */
  public static List<AccessLock> holding(Handle handle) {
    return handle
        .createQuery(SELECT + "where " + HOLDS + " order by locked_at, id")
        .map(LockRows::read)
        .list();
  }

  public static AccessLock get(Handle handle, String id) {
    return handle
        .createQuery(SELECT + "where id = :id")
        .bind("id", id)
        .map(LockRows::read)
        .findOne()
        .orElseThrow(() -> Rejected.notFound("lock", id));
  }
}
