package dev.rolecall.service.store.internal.sql;

import dev.rolecall.service.request.Enforcer;
import dev.rolecall.service.store.internal.row.Columns;
import dev.rolecall.service.store.internal.row.JsonText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The servers that follow grants, as rows. */
final class Enforcers {

  private static final Duration KEPT = Duration.ofDays(1);

  /** Three times what a node renews its rows in: a node that was killed corrects no row. */
  private static final Duration SILENT = Duration.ofSeconds(30);

  private Enforcers() {}

  static List<Enforcer> list(Handle snapshot) {
    return snapshot
        .createQuery(
            "select id, node, caller, permissions, case when seen_at > <clock> - :silent"
                + " then connected else 0 end as connected, revision, streams_ended, confirmed_at,"
                + " seen_at from enforcer where seen_at > <clock> - :kept order by node, id")
        .bind("silent", SILENT.toMillis())
        .bind("kept", KEPT.toMillis())
        .map(Enforcers::read)
        .list();
  }

  private static Enforcer read(ResultSet row, StatementContext context) throws SQLException {
    Columns columns = new Columns(row);
    return new Enforcer(
        new Enforcer.Stream(columns.text("id"), columns.text("node")),
        columns.subject("caller"),
        JsonText.permissions(columns.text("permissions")),
        columns.number("connected") == 1,
        new Enforcer.Confirmed(
            columns.number("revision"),
            columns.number("streams_ended"),
            columns.time("confirmed_at")),
        columns.time("seen_at"));
  }

  /** Writes the rows of one node, which no other node writes. */
  static int write(Handle transaction, List<Enforcer> enforcers) {
    if (enforcers.isEmpty()) {
      return 0;
    }
    PreparedBatch batch =
        transaction.prepareBatch(
            """
            insert into enforcer (id, node, caller, permissions, connected, revision, streams_ended,
              confirmed_at, seen_at)
            values (:id, :node, :caller, :permissions, :connected, :revision, :streams, :confirmed,
              <clock>)
            on conflict (id) do update set caller = excluded.caller,
              permissions = excluded.permissions, connected = excluded.connected,
              revision = excluded.revision, streams_ended = excluded.streams_ended,
              confirmed_at = excluded.confirmed_at, seen_at = excluded.seen_at""");
    enforcers.stream()
        .sorted(Comparator.comparing(Enforcer::id))
        .forEach(
            each ->
                batch
                    .bind("id", each.id())
                    .bind("node", each.node())
                    .bind("caller", JsonText.of(each.caller()))
                    .bind("permissions", JsonText.ofPermissions(each.permissions()))
                    .bind("connected", each.connected() ? 1 : 0)
                    .bind("revision", each.confirmed().revision())
                    .bind("streams", each.confirmed().streamsEnded())
                    .bind("confirmed", each.confirmed().at().toEpochMilli())
                    .add());
    batch.execute();
    forget(transaction);
    return enforcers.size();
  }

  /** Of a server that went away the newest row is kept, for a day. */
  private static void forget(Handle transaction) {
    transaction
        .createUpdate(
            """
            delete from enforcer where seen_at <= <clock> - :kept or (connected = 0 and exists (
              select 1 from enforcer newer where newer.node = enforcer.node
                and newer.caller = enforcer.caller and newer.seen_at > enforcer.seen_at))""")
        .bind("kept", KEPT.toMillis())
        .execute();
  }
}
