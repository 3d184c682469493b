package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.GrantSight;
import dev.rolecall.service.store.Note;
import dev.rolecall.service.store.internal.database.Database;
import dev.rolecall.service.store.internal.row.Clocks;
import dev.rolecall.service.store.internal.row.GrantRows;
import dev.rolecall.service.store.internal.row.JsonText;
import dev.rolecall.service.store.internal.row.LockRows;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The counter of revisions and the events. The counter's row is the last lock that a transition
 * takes: rows of things come before it, and only those that are locked already come after it. So
 * revisions follow the order of commits, have no gap, and cause no deadlock.
 */
final class Ledger {

  private final Database database;

  Ledger(Database database) {
    this.database = requireNonNull(database, "database");
  }

  /** The next revision, with its event. */
  long write(Handle transaction, EventKind kind, EventContent content, Optional<Subject> actor) {
    AccessEvent.About about = content.about();
    AccessEvent event =
        transaction
            .createQuery(
                "update feed_revision set n = n + 1, last_ms = <clock> where one = 1"
                    + " returning n, last_ms")
            .map(
                (row, context) ->
                    new AccessEvent(
                        row.getLong(1),
                        kind.word(),
                        about,
                        actor,
                        Instant.ofEpochMilli(row.getLong(2)),
                        content.body()))
            .one();
    transaction
        .createUpdate(
            "insert into outbox (revision, kind, ref, grant_id, permission, actor, at_ms, body,"
                + " taken_until) values (:revision, :kind, :ref, :grant, :permission, :actor, :at,"
                + " :body, 0)")
        .bind("revision", event.revision())
        .bind("kind", kind.word())
        .bind("ref", about.ref())
        .bind("grant", about.grantId().orElse(null))
        .bind("permission", about.permission().map(Object::toString).orElse(null))
        .bind("actor", actor.map(JsonText::of).orElse(null))
        .bind("at", event.at().toEpochMilli())
        .bind("body", content.body())
        .execute();
    database.announce(transaction);
    return event.revision();
  }

  /**
   * Waits for the row, so that the deadline is compared after the wait. PostgreSQL evaluates a
   * condition before it waits, and again only if the row has changed meanwhile.
   *
   * @see <a href="https://www.postgresql.org/docs/15/transaction-iso.html">PostgreSQL, Read
   *     Committed</a>
   */
  static void lock(Handle transaction, String table, String id) {
    transaction
        .createQuery("select id from " + table + " where id = :id <for_update>")
        .bind("id", id)
        .mapTo(String.class)
        .findOne();
  }

  /**
   * Writes an event about a grant that stands. The counter's row is locked first, and no row of a
   * thing afterwards. So each transition is either committed before, and seen, or comes later.
   */
  GrantSight noteOn(
      Handle transaction, String grantId, Function<GrantSight, Optional<Note>> question) {
    transaction.execute("update feed_revision set last_ms = <clock> where one = 1");
    GrantSight sight =
        new GrantSight(
            GrantRows.get(transaction, grantId),
            LockRows.holding(transaction),
            Clocks.now(transaction));
    question
        .apply(sight)
        .ifPresent(
            note ->
                write(
                    transaction,
                    note.kind(),
                    new EventContent(note.about(), note.body()),
                    Optional.of(note.actor())));
    return sight;
  }

  /** Gives a row, which this transaction has locked, its revision. */
  static void stamp(Handle transaction, String table, String id, long revision) {
    transaction
        .createUpdate("update " + table + " set revision = :revision where id = :id")
        .bind("revision", revision)
        .bind("id", id)
        .execute();
  }
}
