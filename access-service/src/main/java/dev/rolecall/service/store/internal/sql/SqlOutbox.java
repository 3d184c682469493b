package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.store.Outbox;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.internal.row.EventRows;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;

/** The events that wait for their delivery, as rows. */
final class SqlOutbox implements Outbox {

  private static final int MOST = 1000;

  /**
   * By the index of these rows, which without a webhook has the whole history. The clock is asked
   * in a query apart: PostgreSQL compares no index with an expression that changes from row to row.
   */
  private static final String WAITING =
      "delivered_at is null and at_ms > (select <clock> - " + Duration.ofDays(1).toMillis() + ")";

  private final Work work;

  SqlOutbox(Work work) {
    this.work = requireNonNull(work, "work");
  }

  @Override
  public CompletionStage<Outcome<List<AccessEvent>>> take(int limit, Duration lease) {
    Range.check("limit", limit, 1, MOST);
    return work.change(
        "take_events",
        transaction ->
            transaction
                .createQuery(
                    "update outbox set taken_until = <clock> + :lease where revision in (select"
                        + " revision from outbox where "
                        + WAITING
                        + " and taken_until <= <clock> order by at_ms, revision limit :limit"
                        + " <skip_locked>) returning "
                        + EventRows.COLUMNS)
                .bind("lease", lease.toMillis())
                .bind("limit", limit)
                .map(EventRows::read)
                .stream()
                .sorted(Comparator.comparingLong(AccessEvent::revision))
                .toList());
  }

  @Override
  public CompletionStage<Outcome<Integer>> delivered(long revision) {
    return work.change(
        "mark_delivered",
        transaction ->
            transaction
                .createUpdate(
                    "update outbox set delivered_at = <clock> where revision = :revision"
                        + " and delivered_at is null")
                .bind("revision", revision)
                .execute());
  }

  @Override
  public CompletionStage<Outcome<Integer>> giveBack(List<Long> revisions) {
    List<Long> taken = List.copyOf(revisions);
    return work.change(
        "give_back_events",
        transaction ->
            taken.isEmpty()
                ? 0
                : transaction
                    .createUpdate(
                        "update outbox set taken_until = 0 where revision in (<revisions>)"
                            + " and delivered_at is null")
                    .bindList("revisions", taken)
                    .execute());
  }

  static Lag lag(Handle snapshot) {
    return snapshot
        .createQuery(
            "select count(*), coalesce(max(<clock> - at_ms), 0) from outbox where " + WAITING)
        .map((row, context) -> new Lag(row.getLong(1), Duration.ofMillis(row.getLong(2))))
        .one();
  }
}
