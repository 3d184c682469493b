package dev.rolecall.access;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.lookup.Withdrawals;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.PolicySource;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the clocks and of the policy, which admissions that live on are held against, and
 * the withdrawals of credentials. A call's time is judged first, by either clock and without the
 * policy: where the policy's source throws, or one of the clocks, calls are still ended in time.
 *
 * @param millis the wall clock, in milliseconds of the epoch; {@link #UNKNOWN} if it threw
 * @param elapsed elapsed time in nanoseconds; {@link #UNKNOWN} if the ticker threw
 * @param policy the policy in force; null if its source threw: no policy then ends a call
 * @param withdrawals the withdrawals of credentials, as they are when a call is judged
 */
public record Recheck(
    long millis, long elapsed, @Nullable AccessPolicy policy, Withdrawals withdrawals) {

  /** A time that no clock showed: it ends nothing. */
  static final long UNKNOWN = Long.MIN_VALUE;

  /** Reads them. What throws is as one that shows nothing: the others hold. */
  static Recheck now(
      AccessTime time, PolicySource policies, Withdrawals withdrawals, Supervisor supervisor) {
    long elapsed = readOr(supervisor, time::elapsed);
    if (elapsed >= 0) {
      time.walkedAt(elapsed);
    }
    return new Recheck(
        readOr(supervisor, time::millis), elapsed, current(policies, supervisor), withdrawals);
  }

  private static long readOr(Supervisor supervisor, LongSupplier clock) {
    try {
      return clock.getAsLong();
    } catch (RuntimeException | Error e) {
      supervisor.caught(SupervisedTask.CALL_WATCH.label(), e);
      return UNKNOWN;
    }
  }

  private static @Nullable AccessPolicy current(PolicySource policies, Supervisor supervisor) {
    try {
      return policies.current();
    } catch (RuntimeException | Error e) {
      supervisor.caught(SupervisedTask.CALL_WATCH.label(), e);
      return null;
    }
  }

  /**
   * Why a call may not go on; null if it may. Conditions of a new policy are held against the
   * headers and the address that the call came with, if it was admitted by a decision for that call
   * alone. Of any other call the headers were not kept: they are unknown, which satisfies no allow
   * rule and every deny rule.
   *
   * @param allowedBy the policy that last allowed it; null if none is known to
   */
  public @Nullable Refusal refusal(Admission admission, @Nullable AccessPolicy allowedBy) {
    if (admission.isOverAt(millis, elapsed)) {
      return millis == UNKNOWN
          ? Refusal.of(RefusalReason.CREDENTIAL_EXPIRED)
          : Refusal.of(RefusalReason.CREDENTIAL_EXPIRED, Instant.ofEpochMilli(millis));
    }
    Refusal forbidden = policy == null || policy == allowedBy ? null : forbidden(admission, policy);
    return forbidden != null ? forbidden : withdrawn(admission);
  }

  private @Nullable Refusal withdrawn(Admission admission) {
    Caller caller = admission.caller();
    return caller == null ? null : withdrawals.of(caller).map(Refusal::of).orElse(null);
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
    Decision decision = method.decide(policy, caller, admission.origin());
    return decision.isAllowed()
        ? null
        : Refusal.notAllowed(caller, method.fullName(), decision.rule());
  }
}
