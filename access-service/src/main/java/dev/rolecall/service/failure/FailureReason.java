package dev.rolecall.service.failure;

import static java.util.Objects.requireNonNull;

/**
 * The reasons why the access service does not do what it is asked. Each is the reason of the
 * ErrorInfo that a client gets. Stable words: clients compare them.
 */
public enum FailureReason {
  /** A field of the question is absent, too long, or no value of its kind. */
  ARGUMENT_INVALID(FailureKind.INVALID),
  /** The time asked for is shorter or longer than the rule allows. */
  DURATION_NOT_ALLOWED(FailureKind.INVALID),
  /** The start lies in the past, or further ahead than the rule allows. */
  START_NOT_ALLOWED(FailureKind.INVALID),
  /** A resource that the rule does not offer. */
  RESOURCE_NOT_OFFERED(FailureKind.INVALID),
  /** The rule requires a reason. */
  REASON_REQUIRED(FailureKind.INVALID),
  /** The rule requires a ticket, or one of another form. */
  TICKET_REQUIRED(FailureKind.INVALID),
  /** The review would widen what was asked for. */
  REVIEW_WIDENS(FailureKind.INVALID),
  /** The page token is not one of this list. */
  PAGE_TOKEN_INVALID(FailureKind.INVALID),
  /** A lock by the time of issue, for callers whose credentials do not say when. */
  ISSUE_TIME_UNKNOWN(FailureKind.INVALID),
  /** No rule offers the permission to the caller. */
  PERMISSION_NOT_OFFERED(FailureKind.FORBIDDEN),
  /** The one who would gain may not have the permission. */
  BENEFICIARY_NOT_ALLOWED(FailureKind.FORBIDDEN),
  /** The rule offers no access in an emergency. */
  BREAK_GLASS_NOT_OFFERED(FailureKind.FORBIDDEN),
  /** The caller is no reviewer of the request. */
  NOT_A_REVIEWER(FailureKind.FORBIDDEN),
  /** The caller asked for the access, or gains from it. */
  OWN_REQUEST(FailureKind.FORBIDDEN),
  /** The caller is no administrator. */
  NOT_AN_ADMIN(FailureKind.FORBIDDEN),
  /** The caller is no enforcer. */
  NOT_AN_ENFORCER(FailureKind.FORBIDDEN),
  /** The caller did not make the request, so it cannot take it back. */
  NOT_THE_REQUESTER(FailureKind.FORBIDDEN),
  /** The caller does not hold the grant. */
  NOT_THE_HOLDER(FailureKind.FORBIDDEN),
  /** The caller may see the grant, and not revoke it. */
  MAY_NOT_REVOKE(FailureKind.FORBIDDEN),
  /** The caller is locked. */
  CALLER_LOCKED(FailureKind.FORBIDDEN),
  /** There is no such request, or the caller may not see it. */
  REQUEST_NOT_FOUND(FailureKind.NOT_FOUND),
  /** There is no such grant, or the caller may not see it. */
  GRANT_NOT_FOUND(FailureKind.NOT_FOUND),
  /** There is no such lock. */
  LOCK_NOT_FOUND(FailureKind.NOT_FOUND),
  /** The request has been decided, taken back, or has lapsed. */
  REQUEST_NOT_PENDING(FailureKind.WRONG_STATE),
  /** The request has changed since it was read. */
  REVISION_MISMATCH(FailureKind.WRONG_STATE),
  /** The reviewer has reviewed the request before. */
  ALREADY_REVIEWED(FailureKind.WRONG_STATE),
  /** The grant has not started yet. */
  GRANT_NOT_STARTED(FailureKind.WRONG_STATE),
  /** The grant has ended, or was revoked. */
  GRANT_ENDED(FailureKind.WRONG_STATE),
  /** The new end would not be later than the end that the grant has. */
  NOT_LATER(FailureKind.WRONG_STATE),
  /** The grant was not taken in an emergency, or its review is done. */
  NO_REVIEW_DUE(FailureKind.WRONG_STATE),
  /** An earlier use of emergency access still waits for its review. */
  REVIEW_OUTSTANDING(FailureKind.WRONG_STATE),
  /** An earlier use of emergency access for the permission was found wrong. */
  BREAK_GLASS_FLAGGED(FailureKind.WRONG_STATE),
  /** The signing keys are being rotated already. */
  ROTATION_UNDER_WAY(FailureKind.WRONG_STATE),
  /** Another request has the same idempotency key. */
  IDEMPOTENCY_KEY_USED(FailureKind.CONFLICT),
  /** Too many open requests, watches or subscribers. */
  TOO_MANY(FailureKind.OVER_LIMIT),
  /** The store does not answer. */
  STORE_UNAVAILABLE(FailureKind.UNAVAILABLE),
  /** The service has not read a revision as new as the one asked for. */
  REVISION_NOT_REACHED(FailureKind.UNAVAILABLE),
  /** The service is stopping. */
  STOPPING(FailureKind.UNAVAILABLE),
  /** The service has no keys to sign tokens with. */
  TOKENS_NOT_OFFERED(FailureKind.NOT_OFFERED),
  /** A defect of the service. */
  DEFECT(FailureKind.DEFECT);

  private final FailureKind kind;

  FailureReason(FailureKind kind) {
    this.kind = requireNonNull(kind, "kind");
  }

  /** The kind of failure that it is. */
  public FailureKind kind() {
    return kind;
  }
}
