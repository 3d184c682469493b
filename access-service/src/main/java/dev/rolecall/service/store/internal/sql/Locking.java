package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.NewLock;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.Refusal.Reason;
import dev.rolecall.service.store.internal.row.Clocks;
import dev.rolecall.service.store.internal.row.JsonText;
import dev.rolecall.service.store.internal.row.LockRows;
import dev.rolecall.service.store.internal.row.Rejected;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sets locks, and takes them away. */
final class Locking {

  private final Ledger ledger;
  private final Ids ids;

  Locking(Ledger ledger, Ids ids) {
    this.ledger = requireNonNull(ledger, "ledger");
    this.ids = requireNonNull(ids, "ids");
  }

  AccessLock lock(Handle transaction, NewLock lock) {
    Instant now = Clocks.now(transaction);
    if (lock.limits().until().filter(until -> !until.isAfter(now)).isPresent()) {
      throw new Rejected(
          Reason.END_NOT_LATER,
          "until: "
              + lock.limits().until().get()
              + " has passed at "
              + now
              + " (expected: a later time, or none for without an end)");
    }
    String id = ids.next("lock");
    transaction
        .createUpdate(
            """
            insert into access_lock (id, kind, value, principal, subjects, lock_until, issued_before,
              locked_by, locked_at, locked_reason)
            values (:id, :kind, :value, :principal, :subjects, :until, :issued_before, :actor, :now,
              :reason)
            """)
        .bind("id", id)
        .bind("kind", lock.target().kind().name())
        .bind("value", lock.target().value())
        .bind("principal", lock.target().principal().orElse(null))
        .bind("subjects", JsonText.ofSubjects(lock.target().subjects()))
        .bind("until", lock.limits().until().map(Instant::toEpochMilli).orElse(null))
        .bind("issued_before", lock.limits().issuedBefore().map(Instant::toEpochMilli).orElse(null))
        .bind("actor", JsonText.of(lock.actor()))
        .bind("now", now.toEpochMilli())
        .bind("reason", lock.reason().map(FreeText::value).orElse(null))
        .execute();
    return stamp(transaction, EventKind.LOCK_SET, id, lock.actor(), lock.reason());
  }

  AccessLock unlock(Handle transaction, String id, Subject actor, Optional<FreeText> reason) {
    int changed =
        transaction
            .createUpdate(
                "update access_lock set unlocked_by = :actor, unlocked_at = <clock>,"
                    + " unlocked_reason = :reason where id = :id and unlocked_at is null")
            .bind("id", id)
            .bind("actor", JsonText.of(actor))
            .bind("reason", reason.map(FreeText::value).orElse(null))
            .execute();
    return changed == 0
        ? LockRows.get(transaction, id)
        : stamp(transaction, EventKind.LOCK_LIFTED, id, actor, reason);
  }

  private AccessLock stamp(
      Handle transaction, EventKind kind, String id, Subject actor, Optional<FreeText> reason) {
    long revision =
        ledger.write(
            transaction,
            kind,
            EventContent.of(LockRows.get(transaction, id), reason),
            Optional.of(actor));
    Ledger.stamp(transaction, "access_lock", id, revision);
    return LockRows.get(transaction, id);
  }
}
