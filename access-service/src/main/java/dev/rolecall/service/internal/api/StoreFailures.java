package dev.rolecall.service.internal.api;

import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.store.Outage;
import dev.rolecall.service.store.Refusal;

/** The store's refusals and outages as failures of calls. The store's sentences stay. */
final class StoreFailures {

  private StoreFailures() {}

  static AccessFailure of(Refusal refusal) {
    return AccessFailure.of(reason(refusal.reason()), refusal.sentence());
  }

  /** Whether the store has no such row. */
  static boolean isAbsence(AccessFailure failure) {
    return failure.reason() == reason(Refusal.Reason.NOT_FOUND);
  }

  static AccessFailure of(Outage outage) {
    return AccessFailure.of(
        outage.kind() == Outage.Kind.CLOSED
            ? FailureReason.STOPPING
            : FailureReason.STORE_UNAVAILABLE,
        outage.sentence());
  }

  private static FailureReason reason(Refusal.Reason reason) {
    return switch (reason) {
      // The call that asked knows what it asked for, and says so.
      case NOT_FOUND -> FailureReason.REQUEST_NOT_FOUND;
      case REQUEST_NOT_PENDING -> FailureReason.REQUEST_NOT_PENDING;
      case REVISION_MOVED -> FailureReason.REVISION_MISMATCH;
      case ALREADY_REVIEWED -> FailureReason.ALREADY_REVIEWED;
      case OWN_REQUEST -> FailureReason.OWN_REQUEST;
      case REVIEW_WIDENS, NO_RESOURCE_LEFT -> FailureReason.REVIEW_WIDENS;
      case KEY_REUSED -> FailureReason.IDEMPOTENCY_KEY_USED;
      case POST_REVIEW_OPEN -> FailureReason.REVIEW_OUTSTANDING;
      case FLAGGED -> FailureReason.BREAK_GLASS_FLAGGED;
      case NO_OPEN_POST_REVIEW -> FailureReason.NO_REVIEW_DUE;
      case GRANT_ENDED -> FailureReason.GRANT_ENDED;
      case END_NOT_LATER -> FailureReason.NOT_LATER;
      case START_PASSED -> FailureReason.START_NOT_ALLOWED;
      case BAD_CURSOR -> FailureReason.PAGE_TOKEN_INVALID;
      case KEY_EXISTS, KEY_NOT_IN_STATE -> FailureReason.ROTATION_UNDER_WAY;
    };
  }
}
