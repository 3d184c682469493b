package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.ListLocksRequest;
import dev.rolecall.grants.v1.ListLocksResponse;
import dev.rolecall.grants.v1.LockRequest;
import dev.rolecall.grants.v1.LockState;
import dev.rolecall.grants.v1.UnlockRequest;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.request.NewLock;
import dev.rolecall.service.rules.Directory;
import java.time.Instant;
import java.util.Optional;

/** Locks callers, and unlocks them. For administrators. */
final class LockCalls {

  private final Backend backend;

  LockCalls(Backend backend) {
    this.backend = backend;
  }

  Reply<LockState> lock(Viewer viewer, LockRequest message) {
    return Allowed.admin(viewer)
        .then(admin -> Reply.reading(() -> reading(viewer, message)))
        .unless(lock -> unknownIssueTime(viewer, lock))
        .then(lock -> Reply.of(backend.store().lock(lock)))
        .map(lock -> LockMessages.message(lock, viewer.rules()));
  }

  private static NewLock reading(Viewer viewer, LockRequest message) {
    return new NewLock(
        LockMessages.target(message.getTarget(), viewer.rules()),
        new AccessLock.Limits(
            message.hasUntil()
                ? Optional.of(WireTime.instant("until", message.getUntil()))
                : Optional.empty(),
            message.hasIssuedBefore()
                ? Optional.<Instant>of(WireTime.instant("issued_before", message.getIssuedBefore()))
                : Optional.empty()),
        viewer.subject(),
        WireText.required("reason", message.getReason()));
  }

  /** The credentials of AWS do not say when their session began. */
  private static Optional<AccessFailure> unknownIssueTime(Viewer viewer, NewLock lock) {
    boolean hasTokens =
        lock.target().kind() == LockTarget.Kind.PERSON
            && viewer
                .rules()
                .people()
                .directoryOf(lock.target().value())
                .filter(Directory.IssuerSubjects.class::isInstance)
                .isPresent();
    return lock.limits().issuedBefore().isEmpty() || hasTokens
        ? Optional.empty()
        : Optional.of(
            AccessFailure.of(
                FailureReason.ISSUE_TIME_UNKNOWN,
                "issued_before: the target's credentials do not say when they were issued"
                    + " (expected: a person of a token issuer, or a lock without issued_before)"));
  }

  Reply<LockState> unlock(Viewer viewer, UnlockRequest message) {
    AccessFailure absent =
        AccessFailure.of(
            FailureReason.LOCK_NOT_FOUND,
            "no lock " + InvalidValue.printable(message.getId()) + " (expected: one of ListLocks)");
    return Allowed.admin(viewer)
        .then(admin -> Reply.reading(() -> WireText.required("reason", message.getReason())))
        .then(
            reason ->
                Reply.reading(() -> WireText.id("id", message.getId()))
                    .then(id -> Reply.of(backend.store().unlock(id, viewer.subject(), reason)))
                    .absentAs(absent))
        .map(lock -> LockMessages.message(lock, viewer.rules()));
  }

  Reply<ListLocksResponse> list(Viewer viewer, ListLocksRequest message) {
    return Allowed.admin(viewer)
        .then(
            admin ->
                Reply.reading(() -> WireText.page(message.getPageSize(), message.getPageToken())))
        .then(page -> Reply.of(backend.store().locks(page)))
        .map(
            page -> {
              ListLocksResponse.Builder list = ListLocksResponse.newBuilder();
              page.items()
                  .forEach(each -> list.addLocks(LockMessages.message(each, viewer.rules())));
              page.next().ifPresent(list::setNextPageToken);
              return list.build();
            });
  }
}
