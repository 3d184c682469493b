package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

/**
 * A reason why the state of things does not allow a transition.
 *
 * @param reason the reason
 * @param sentence how things stand, and what would be right; fit for the caller
 */
public record Refusal(Reason reason, String sentence) {

  /** Checks that nothing is null. */
  public Refusal {
    requireNonNull(reason, "reason");
    requireNonNull(sentence, "sentence");
  }

  /** The reasons. */
  public enum Reason {
    /** No request, grant, lock or key has the id. */
    NOT_FOUND,
    /** The request has been decided, taken back, or has lapsed. */
    REQUEST_NOT_PENDING,
    /** The request has another revision than the caller expected. */
    REVISION_MOVED,
    /** The party has reviewed the request already. */
    ALREADY_REVIEWED,
    /** The reviewer asked for it, or gains from it. */
    OWN_REQUEST,
    /** The review approves more than was asked for. */
    REVIEW_WIDENS,
    /** The approvals share no resource. */
    NO_RESOURCE_LEFT,
    /** Another content was asked for under the idempotency key. */
    KEY_REUSED,
    /** Other emergency access of the beneficiary waits for its review. */
    POST_REVIEW_OPEN,
    /** Emergency access of the beneficiary for the permission was flagged. */
    FLAGGED,
    /** The grant waits for no review. */
    NO_OPEN_POST_REVIEW,
    /** The grant's time is over, or it was revoked. */
    GRANT_ENDED,
    /** The new end is not later than the one there is, or than now. */
    END_NOT_LATER,
    /** The start is over. */
    START_PASSED,
    /** There is such a signing key already. */
    KEY_EXISTS,
    /** The signing key is in another state. */
    KEY_NOT_IN_STATE,
    /** The cursor of a page is not one that this store gave out. */
    BAD_CURSOR
  }
}
