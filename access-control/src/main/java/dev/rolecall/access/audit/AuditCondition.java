package dev.rolecall.access.audit;

/**
 * The decisions about a method that are recorded.
 *
 * @see <a href="https://github.com/grpc/proposal/blob/master/A43-grpc-authorization-api.md">gRFC
 *     A43, audit conditions</a>
 */
public enum AuditCondition {
  /** Refusals, and calls ended by the guard. */
  ON_DENY(false, true),
  /** Calls let through. */
  ON_ALLOW(true, false),
  /** All of them. */
  BOTH(true, true),
  /** None of them. */
  NONE(false, false);

  private final boolean allowed;
  private final boolean denied;

  AuditCondition(boolean allowed, boolean denied) {
    this.allowed = allowed;
    this.denied = denied;
  }

  /** Whether a call that was let through is recorded. */
  public boolean coversAllowed() {
    return allowed;
  }

  /** Whether a refusal, or a call ended by the guard, is recorded. */
  public boolean coversDenied() {
    return denied;
  }
}
