package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.store.internal.row.GrantRows;
import dev.rolecall.service.store.internal.row.RequestRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Writes down what time has done, with an event for each: requests that have lapsed, grants that
 * have started or ended. Decides nothing: all readers go by the clock. Deletes what is long over.
 */
final class Sweeper {

  private static final int BATCH = 50;
  private static final int MOST_EVENTS = 500;
  private static final String BEFORE = " <= (select <clock> - :kept)";

  private final Ledger ledger;

  Sweeper(Ledger ledger) {
    this.ledger = requireNonNull(ledger, "ledger");
  }

  /** One batch. All its rows are locked before the counter is. */
  int sweep(Handle transaction) {
    List<String> lapsed =
        due(transaction, "access_request", "state = 'PENDING' and pending_until <= <clock>");
    List<String> expired =
        due(transaction, "access_grant", "state in ('SCHEDULED', 'ACTIVE') and ends_at <= <clock>");
    List<String> started =
        due(
            transaction,
            "access_grant",
            "state = 'SCHEDULED' and starts_at <= <clock> and ends_at > <clock>");
    lapsed.forEach(id -> lapse(transaction, id));
    expired.forEach(id -> move(transaction, id, "EXPIRED", EventKind.GRANT_EXPIRED));
    started.forEach(id -> move(transaction, id, "ACTIVE", EventKind.GRANT_STARTED));
    return lapsed.size() + expired.size() + started.size();
  }

  private static List<String> due(Handle transaction, String table, String where) {
    return transaction
        .createQuery(
            "select id from "
                + table
                + " where "
                + where
                + " order by id limit "
                + BATCH
                + " <skip_locked>")
        .mapTo(String.class)
        .list();
  }

  /** One batch of what ended longer ago than that; how many events and requests. */
  static int forget(Handle transaction, Duration kept) {
    return forgetEvents(transaction, kept) + forgetRequests(transaction, kept);
  }

  /** From the oldest on: what remains has no gap. */
  private static int forgetEvents(Handle transaction, Duration kept) {
    return transaction
        .createUpdate(
            "delete from outbox where revision < (select min(revision) from outbox) + :most"
                + " and at_ms"
                + BEFORE)
        .bind("most", MOST_EVENTS)
        .bind("kept", kept.toMillis())
        .execute();
  }

  /** An extension stays as long as the grant whose end rests on it. */
  private static int forgetRequests(Handle transaction, Duration kept) {
    List<String> over =
        transaction
            .createQuery(
                "select id from access_request where created_at"
                    + BEFORE
                    + " and pending_until"
                    + BEFORE
                    + " and state <> 'PENDING' and not exists (select 1 from access_grant where"
                    + " id = access_request.grant_id and not (ends_at"
                    + BEFORE
                    + " and state in ('EXPIRED', 'REVOKED') and (post_review is null or"
                    + " post_review = 'ACKNOWLEDGED'))) order by created_at, id limit "
                    + BATCH
                    + " <skip_locked>")
            .bind("kept", kept.toMillis())
            .mapTo(String.class)
            .list();
    if (!over.isEmpty()) {
      delete(transaction, "review where request_id", over);
      delete(transaction, "access_grant where request_id", over);
      delete(transaction, "access_request where id", over);
    }
    return over.size();
  }

  private static void delete(Handle transaction, String where, List<String> ids) {
    transaction.createUpdate("delete from " + where + " in (<ids>)").bindList("ids", ids).execute();
  }

  private void lapse(Handle transaction, String id) {
    AccessRequest request = RequestRows.get(transaction, id);
    long revision =
        ledger.write(
            transaction,
            EventKind.REQUEST_LAPSED,
            EventContent.of(request, Optional.empty()),
            Optional.empty());
    transaction
        .createUpdate(
            "update access_request set state = 'LAPSED', revision = :revision where id = :id")
        .bind("revision", revision)
        .bind("id", id)
        .execute();
  }

  private void move(Handle transaction, String id, String state, EventKind kind) {
    AccessGrant grant = GrantRows.get(transaction, id);
    long revision =
        ledger.write(transaction, kind, EventContent.of(grant, Optional.empty()), Optional.empty());
    transaction
        .createUpdate("update access_grant set state = :state, revision = :revision where id = :id")
        .bind("state", state)
        .bind("revision", revision)
        .bind("id", id)
        .execute();
  }
}
