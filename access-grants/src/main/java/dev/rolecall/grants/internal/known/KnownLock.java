package dev.rolecall.grants.internal.known;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import java.util.List;

/**
 * A lock as the service last told of it.
 *
 * @param id its id
 * @param revision the service's count when it last changed
 * @param span the times that it is bounded by
 * @param unlocked whether it is over
 * @param parts the callers that it means: those of any part
 */
public record KnownLock(
    String id, long revision, Span span, boolean unlocked, List<LockPart> parts) {

  private static final long MILLIS_OF_SECOND = 1_000;

  /**
   * The times of a lock, in milliseconds of the epoch.
   *
   * @param untilMillis its end; 0 for none
   * @param issuedBeforeMillis only credentials that were issued before are locked; 0 for all
   */
  public record Span(long untilMillis, long issuedBeforeMillis) {

    /**
     * Checks the signs.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Span {
      if (untilMillis < 0 || issuedBeforeMillis < 0) {
        throw new IllegalArgumentException("a negative time (expected: 0 or later)");
      }
    }
  }

  /** Copies. */
  public KnownLock {
    requireNonNull(id, "id");
    requireNonNull(span, "span");
    parts = List.copyOf(parts);
  }

  /** Whether it is in force at that moment of the service's. */
  boolean isInForce(long serviceMillis) {
    return !unlocked && (span.untilMillis() == 0 || serviceMillis < span.untilMillis());
  }

  /**
   * Whether the caller's credential was issued before the lock's limit. A credential that does not
   * say when it was issued counts as issued before.
   */
  boolean meansCredentialOf(Caller caller) {
    if (span.issuedBeforeMillis() == 0) {
      return true;
    }
    return !(caller.attributes().claims().get("iat") instanceof ClaimValue.Whole issued)
        || issued.value() <= (span.issuedBeforeMillis() - 1) / MILLIS_OF_SECOND;
  }
}
