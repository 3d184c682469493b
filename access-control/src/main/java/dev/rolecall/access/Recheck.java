package dev.rolecall.access;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the clocks and of the policy, which admissions that live on are held against. A
 * call's time is judged first, by either clock and without the policy: where the policy's source
 * throws, or one of the clocks, calls are still ended in time.
 *
 * @param millis the wall clock, in milliseconds of the epoch; {@link #UNKNOWN} if it threw
 * @param elapsed elapsed time in nanoseconds; {@link #UNKNOWN} if the ticker threw
 * @param policy the policy in force; null if its source threw: no policy then ends a call
 */
public record Recheck(long millis, long elapsed, @Nullable AccessPolicy policy) {

  /** A time that no clock showed: it ends nothing. */
  static final long UNKNOWN = Long.MIN_VALUE;

  /**
   * Why a call may not go on; null if it may.
   *
   * @param allowedBy the policy that last allowed it; null if none is known to
   */
  public @Nullable Refusal refusal(Admission admission, @Nullable AccessPolicy allowedBy) {
    if (admission.isOverAt(millis, elapsed)) {
      return millis == UNKNOWN
          ? Refusal.of(RefusalReason.CREDENTIAL_EXPIRED)
          : Refusal.of(RefusalReason.CREDENTIAL_EXPIRED, Instant.ofEpochMilli(millis));
    }
    return policy == null || policy == allowedBy ? null : forbidden(admission, policy);
  }

  private static @Nullable Refusal forbidden(Admission admission, AccessPolicy policy) {
    CalledMethod method = admission.method();
    if (method.isPublicIn(policy)) {
      return null;
    }
    Caller caller = admission.caller();
    if (caller == null) {
      return Refusal.of(RefusalReason.CREDENTIAL_MISSING);
    }
    Decision decision = method.decide(policy, caller);
    return decision.isAllowed()
        ? null
        : Refusal.notAllowed(caller, method.fullName(), decision.rule());
  }
}
