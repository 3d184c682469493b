package dev.rolecall.service.store.internal.sql;

import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.store.Refusal.Reason;
import dev.rolecall.service.store.internal.row.GrantRows;
import dev.rolecall.service.store.internal.row.Rejected;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** Gives grants a later end. */
final class Extensions {

  private Extensions() {}

  /**
   * The grant with its end that time from now on. Refused if it has ended, and if that is no later
   * end: checked in the statement that changes it.
   */
  static AccessGrant extend(Handle transaction, String grantId, Duration duration) {
    Ledger.lock(transaction, "access_grant", grantId);
    int changed =
        transaction
            .createUpdate(
                """
                update access_grant set ends_at = <clock> + :duration, version = version + 1
                where id = :id and state in ('SCHEDULED', 'ACTIVE') and ends_at > <clock>
                  and ends_at < <clock> + :duration and starts_at < <clock> + :duration""")
            .bind("id", grantId)
            .bind("duration", duration.toMillis())
            .execute();
    AccessGrant grant = GrantRows.get(transaction, grantId);
    if (changed == 0) {
      throw grant.isOpen() ? notLater(grant) : ended(grant);
    }
    return grant;
  }

  static Rejected ended(AccessGrant grant) {
    return new Rejected(
        Reason.GRANT_ENDED,
        "grant: "
            + grant.id()
            + " is "
            + grant.state()
            + " (expected: one that is SCHEDULED or ACTIVE; next step: a new request)");
  }

  static Rejected notLater(AccessGrant grant) {
    return new Rejected(
        Reason.END_NOT_LATER,
        "duration: the grant ends at "
            + grant.period().endsAt()
            + " already (expected: a time from now on that ends later)");
  }
}
