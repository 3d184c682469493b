package dev.rolecall.verifier.grpc;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.metrics.SupervisedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends admitted calls whose time is over, or which the policy of the day no longer allows: at a
 * fixed period, and at once when the policy changes.
 *
 * <p>One walk over the live calls instead of a timer for each. A unary call would arm and disarm a
 * timer to no purpose; a change of policy has to visit every call anyway; and the walk also finds a
 * call that was admitted by the old policy while it was being replaced.
 *
 * <p>Nothing ends the walks, and nothing that one call does keeps the walk from the next. A call's
 * time is judged first, by either clock and without the policy: where the policy's source throws,
 * or one of the clocks, calls are still ended in time.
 */
final class CallWatch implements AutoCloseable {

  private static final String TASK = SupervisedTask.CALL_WATCH.label();

  private final LiveCalls live;
  private final PolicySource policies;
  private final GuardTime time;
  private final DecisionJournal journal;
  private final Supervisor supervisor;
  private PolicySource.@Nullable Registration registration;
  private @Nullable ScheduledFuture<?> walks;

  /** Walks asked for and not yet done: one thread walks, whoever asks meanwhile has it go again. */
  private final AtomicInteger asked = new AtomicInteger();

  CallWatch(
      LiveCalls live,
      PolicySource policies,
      GuardTime time,
      DecisionJournal journal,
      Supervisor supervisor) {
    this.live = requireNonNull(live, "live");
    this.policies = requireNonNull(policies, "policies");
    this.time = requireNonNull(time, "time");
    this.journal = requireNonNull(journal, "journal");
    this.supervisor = requireNonNull(supervisor, "supervisor");
  }

  /** Starts to walk. To be called once. */
  void start(ScheduledExecutorService scheduler, Duration period) {
    walks = supervisor.every(period, scheduler, TASK, this::walk);
    // Where the scheduler takes no task, the thread that changed the policy walks.
    registration = policies.onChange(() -> supervisor.execute(scheduler, TASK, this::walk));
  }

  /** Stops watching. Calls that live go on. */
  @Override
  public void close() {
    if (walks != null) {
      walks.cancel(false);
    }
    if (registration != null) {
      registration.close();
    }
  }

  private void walk() {
    if (asked.getAndIncrement() > 0) {
      return;
    }
    int done = 1;
    do {
      supervisor.run(TASK, this::walkOnce);
      done = asked.addAndGet(-done);
    } while (done > 0);
  }

  private void walkOnce() {
    long elapsed = readOr(Long.MIN_VALUE, time::elapsed);
    if (elapsed >= 0) {
      time.walkedAt(elapsed);
    }
    long millis = readOr(Long.MIN_VALUE, time::millis);
    AccessPolicy policy = currentPolicy();
    for (AdmittedCall<?> call : live.snapshot()) {
      if (!call.ended()) {
        visit(call, millis, elapsed, policy);
      }
    }
  }

  /** A clock that throws is as one that shows no time: the other one holds. */
  private long readOr(long none, LongSupplier clock) {
    try {
      return clock.getAsLong();
    } catch (RuntimeException | Error e) {
      supervisor.caught(TASK, e);
      return none;
    }
  }

  /** Null where the source throws: calls are then held to their time, and no policy ends them. */
  private @Nullable AccessPolicy currentPolicy() {
    try {
      return policies.current();
    } catch (RuntimeException | Error e) {
      supervisor.caught(TASK, e);
      return null;
    }
  }

  private void visit(
      AdmittedCall<?> call, long millis, long elapsed, @Nullable AccessPolicy policy) {
    try {
      if (call.admission().isOverAt(millis, elapsed)) {
        end(call, lapsedAt(millis));
      } else if (policy != null && call.allowedBy != policy) {
        askAgain(call, policy);
      }
    } catch (RuntimeException | Error e) {
      // The next walk tries again: nothing of the call has been changed.
      supervisor.caught(TASK, e);
    }
  }

  private void askAgain(AdmittedCall<?> call, AccessPolicy policy) {
    Refusal refusal = forbidden(call.admission(), policy);
    if (refusal == null) {
      call.allowedBy = policy;
    } else {
      end(call, refusal);
    }
  }

  private void end(AdmittedCall<?> call, Refusal refusal) {
    call.end(refusal, () -> journal.ended(call.admission(), refusal));
  }

  private static Refusal lapsedAt(long millis) {
    return millis == Long.MIN_VALUE
        ? Refusal.of(RefusalReason.CREDENTIAL_EXPIRED)
        : Refusal.of(RefusalReason.CREDENTIAL_EXPIRED, Instant.ofEpochMilli(millis));
  }

  /** Why the policy does not allow the call; null if it does. */
  private static @Nullable Refusal forbidden(Admission admission, AccessPolicy policy) {
    Caller caller = admission.caller();
    if (admission.method().isPublicIn(policy)) {
      return null;
    }
    if (caller == null) {
      return Refusal.of(RefusalReason.CREDENTIAL_MISSING);
    }
    Decision decision = admission.method().decide(policy, caller);
    return decision.isAllowed()
        ? null
        : Refusal.notAllowed(caller, admission.method().fullName(), decision.rule());
  }
}
