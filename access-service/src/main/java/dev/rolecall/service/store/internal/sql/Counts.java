package dev.rolecall.service.store.internal.sql;

import dev.rolecall.service.store.Statistics;
import dev.rolecall.service.store.internal.row.LockRows;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** Counts rows. */
final class Counts {

  private static final String PENDING = "state = 'PENDING' and pending_until > <clock>";

  private Counts() {}

  static Statistics read(Handle snapshot) {
    return new Statistics(
        number(snapshot, "count(*) from access_request where " + PENDING),
        Duration.ofMillis(
            number(
                snapshot,
                "coalesce(max(<clock> - created_at), 0) from access_request where " + PENDING)),
        number(
            snapshot,
            "count(*) from access_grant where state in ('SCHEDULED', 'ACTIVE')"
                + " and starts_at <= <clock> and ends_at > <clock>"),
        number(snapshot, "count(*) from access_lock where " + LockRows.HOLDS),
        number(snapshot, "count(*) from access_grant where post_review = 'REQUIRED'"),
        SqlOutbox.lag(snapshot));
  }

  private static long number(Handle snapshot, String of) {
    return snapshot.createQuery("select " + of).mapTo(Long.class).one();
  }
}
