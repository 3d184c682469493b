package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.GrantedRight;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Lack;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.access.lookup.Withdrawals;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.PolicySource;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the clocks and of the policy, which admissions that live on are held against.
 * Beside it stand the grants, the locks and the withdrawals of credentials. A call's time is judged
 * first, by either clock and without the policy: where the policy's source throws, or one of the
 * clocks, calls are still ended in time. Where the grants throw, a call lives until the end of its
 * right that was known last.
 *
 * <p>Get one from {@link AccessControl#recheck}. Safe for use by many threads; never blocks.
 */
public final class Recheck {

  private static final String TASK = SupervisedTask.CALL_WATCH.label();

  /** A time that no clock showed: it ends nothing. */
  static final long UNKNOWN = Long.MIN_VALUE;

  /** The finding about a live call: the terms that it goes on by, or the refusal it ends with. */
  public sealed interface Finding permits Admission, Refusal.Unmade {}

  /**
   * The clocks at one moment, {@link #UNKNOWN} where one threw.
   *
   * @param millis the wall clock, in milliseconds of the epoch
   * @param elapsed elapsed time in nanoseconds
   * @param ticks the runtime's ticker
   */
  record Moment(long millis, long elapsed, long ticks) {}

  /**
   * The grants and locks, as they are when a call is judged.
   *
   * @param retryAfter draws the wait of a caller whose call ends for want of news
   */
  record Followed(Grants grants, RetryAfter retryAfter) {
    Followed {
      requireNonNull(grants, "grants");
      requireNonNull(retryAfter, "retryAfter");
    }
  }

  private final Moment moment;
  private final @Nullable AccessPolicy policy;
  private final Withdrawals withdrawals;
  private final Followed followed;
  private final Supervisor supervisor;
  private final long grantChanges;

  /**
   * A reading.
   *
   * @param policy the policy in force; null if its source threw: no policy then ends a call
   * @param withdrawals the withdrawals of credentials, as they are when a call is judged
   * @param followed the grants and locks, likewise
   */
  Recheck(
      Moment moment,
      @Nullable AccessPolicy policy,
      Withdrawals withdrawals,
      Followed followed,
      Supervisor supervisor) {
    this.moment = requireNonNull(moment, "moment");
    this.policy = policy;
    this.withdrawals = requireNonNull(withdrawals, "withdrawals");
    this.followed = requireNonNull(followed, "followed");
    this.supervisor = requireNonNull(supervisor, "supervisor");
    this.grantChanges = readOr(supervisor, followed.grants()::changes);
  }

  /** Reads them. What throws is as one that shows nothing: the others hold. */
  static Recheck now(
      AccessTime time,
      PolicySource policies,
      Withdrawals withdrawals,
      Followed followed,
      Supervisor supervisor) {
    long elapsed = readOr(supervisor, time::elapsed);
    if (elapsed >= 0) {
      time.walkedAt(elapsed);
    }
    Moment moment =
        new Moment(
            readOr(supervisor, time::millis),
            elapsed,
            elapsed == UNKNOWN ? UNKNOWN : time.ticksAt(elapsed));
    return new Recheck(moment, current(policies, supervisor), withdrawals, followed, supervisor);
  }

  private static long readOr(Supervisor supervisor, LongSupplier clock) {
    try {
      return clock.getAsLong();
    } catch (RuntimeException | Error e) {
      supervisor.caught(TASK, e);
      return UNKNOWN;
    }
  }

  private static @Nullable AccessPolicy current(PolicySource policies, Supervisor supervisor) {
    try {
      return policies.current();
    } catch (RuntimeException | Error e) {
      supervisor.caught(TASK, e);
      return null;
    }
  }

  /** The policy in force; null if its source threw. */
  public @Nullable AccessPolicy policy() {
    return policy;
  }

  /**
   * Whether a call may go on: the admission that it goes on by, which is the same one as a rule and
   * another where the policy's grounds have changed; or the refusal that it ends with, not made
   * yet.
   *
   * <p>Conditions of a new policy are held against the headers and the address that the call came
   * with, if it was admitted by a decision for that call alone. Of any other call the headers were
   * not kept: they are unknown, which satisfies no allow rule and every deny rule.
   *
   * @param allowedBy the policy that last allowed it; null if none is known to
   */
  public Finding judge(Admission admission, @Nullable AccessPolicy allowedBy) {
    if (admission.isOverAt(moment.millis(), moment.elapsed())) {
      return end(RefusalReason.CREDENTIAL_EXPIRED, this::expired);
    }
    AccessPolicy now = policy;
    Finding finding =
        now == null || now == allowedBy ? byRight(admission) : byPolicy(admission, now);
    Caller caller = admission.caller();
    if (finding instanceof Refusal.Unmade || caller == null) {
      return finding;
    }
    Refusal.Unmade barred = barred(admission, caller);
    Caller proxy = caller.via().orElse(null);
    if (barred == null && proxy != null) {
      barred = barred(admission, proxy);
    }
    return barred == null ? finding : barred;
  }

  /** The end of a call whose caller, or the proxy that passed it on, may call nothing any more. */
  private Refusal.@Nullable Unmade barred(Admission admission, Caller caller) {
    RefusalReason withdrawn = withdrawals.of(caller).orElse(null);
    if (withdrawn != null) {
      return end(withdrawn, () -> Refusal.of(withdrawn));
    }
    return isLocked(caller)
        ? end(
            RefusalReason.CALLER_LOCKED,
            () -> Refusal.locked(caller, admission.method().fullName()))
        : null;
  }

  private Refusal.Unmade end(RefusalReason reason, Supplier<Refusal> making) {
    return new Refusal.Unmade(reason, making, supervisor);
  }

  private Refusal expired() {
    return moment.millis() == UNKNOWN
        ? Refusal.of(RefusalReason.CREDENTIAL_EXPIRED)
        : Refusal.of(RefusalReason.CREDENTIAL_EXPIRED, Instant.ofEpochMilli(moment.millis()));
  }

  /** Why a call may not go on; null if it may, as {@link #judge} has it. */
  public @Nullable Refusal refusal(Admission admission, @Nullable AccessPolicy allowedBy) {
    return judge(admission, allowedBy) instanceof Refusal.Unmade refusal ? refusal.made() : null;
  }

  /** The same rules and rights: only the grants may have changed. */
  private Finding byRight(Admission admission) {
    GrantedRight right = admission.right();
    Caller caller = admission.caller();
    if (right == null || caller == null) {
      return admission;
    }
    try {
      return held(admission, right, caller);
    } catch (RuntimeException | Error e) {
      supervisor.caught(TASK, e);
      boolean isOver = moment.ticks() != UNKNOWN && right.isOverAt(moment.ticks());
      RefusalReason expired = RefusalReason.GRANT_EXPIRED;
      return isOver ? end(expired, () -> Refusal.of(expired)) : admission;
    }
  }

  /** A call whose grants are on their way goes on: the next round finds them here, or lacking. */
  private Finding held(Admission admission, GrantedRight right, Caller caller) {
    if (right.heldUntil() == GrantedRight.NOT_HELD) {
      // Now, and not when the refusal is made: a grant that has ended may be given anew by then.
      Lack lack = right.lack();
      // After that: what came meanwhile is no reason for an end, and has the call go on.
      if (!right.isAwaited()) {
        return end(lack.reason(), () -> lacking(lack, caller, admission.method()));
      }
    }
    return right == admission.right() ? admission : admission.on(new Admission.ByGrant(right));
  }

  private Refusal lacking(Lack lack, Caller caller, CalledMethod method) {
    return Refusal.lacking(
        lack, caller, method.fullName(), followed.grants(), followed.retryAfter());
  }

  private Finding byPolicy(Admission admission, AccessPolicy now) {
    CalledMethod method = admission.method();
    if (method.isPublicIn(now)) {
      return admission.onRule();
    }
    Caller caller = admission.caller();
    if (caller == null) {
      return end(
          RefusalReason.CREDENTIAL_MISSING, () -> Refusal.of(RefusalReason.CREDENTIAL_MISSING));
    }
    return method
        .decide(now, caller, admission.origin())
        .<Finding>fold(
            allowed -> admission.onRule(),
            denied ->
                end(
                    RefusalReason.METHOD_NOT_ALLOWED,
                    () -> Refusal.notAllowed(caller, method.fullName(), denied.rule())),
            needs -> byGrants(admission, needs, caller));
  }

  private Finding byGrants(Admission admission, Decision.NeedsGrant needs, Caller caller) {
    GrantedRight before = admission.right();
    if (before != null && before.isBy(needs.choices())) {
      return byRight(admission);
    }
    GrantedRight right =
        before == null
            ? GrantedRight.of(needs.choices(), followed.grants(), caller, admission.origin())
            : before.by(needs.choices(), caller, admission.origin());
    return held(admission, right, caller);
  }

  private boolean isLocked(Caller caller) {
    try {
      return followed.grants().isLocked(caller);
    } catch (RuntimeException | Error e) {
      supervisor.caught(TASK, e);
      return false;
    }
  }

  /**
   * Tells the grants that every live call has been judged by this reading, and shut where it may
   * not go on. Throws nothing.
   *
   * @param ended how many of them ended because of a grant, a lock or stale news
   */
  public void enforced(int ended) {
    supervisor.run(TASK, () -> followed.grants().enforced(grantChanges, ended));
  }
}
