package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.PolicySource;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Ends admitted calls whose time is over, or which the policy of the day no longer allows: at a
 * fixed period, and at once when the policy changes.
 *
 * <p>One walk over the live calls instead of a timer for each. A unary call would arm and disarm a
 * timer to no purpose; a change of policy has to visit every call anyway; and the walk also finds a
 * call that was admitted by the old policy while it was being replaced.
 */
final class CallWatch implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(RoleGuard.class.getName());

  private final LiveCalls live;
  private final PolicySource policies;
  private final Clock clock;
  private final DecisionJournal journal;
  private final ScheduledExecutorService scheduler;
  private final PolicySource.Registration registration;
  private final ScheduledFuture<?> sweeps;

  /** Walks asked for and not yet done: one thread walks, whoever asks meanwhile has it go again. */
  private final AtomicInteger asked = new AtomicInteger();

  CallWatch(
      LiveCalls live,
      PolicySource policies,
      Clock clock,
      DecisionJournal journal,
      ScheduledExecutorService scheduler,
      Duration period) {
    this.live = live;
    this.policies = policies;
    this.clock = clock;
    this.journal = journal;
    this.scheduler = scheduler;
    long nanos = period.toNanos();
    this.sweeps = scheduler.scheduleAtFixedRate(this::sweep, nanos, nanos, TimeUnit.NANOSECONDS);
    this.registration = policies.onChange(this::sweepSoon);
  }

  /** Stops watching. Calls that live go on. */
  @Override
  public void close() {
    registration.close();
    sweeps.cancel(false);
  }

  private void sweepSoon() {
    try {
      scheduler.execute(this::sweep);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.WARNING, "the scheduler takes no work: calls are not held to a new policy", e);
    }
  }

  private void sweep() {
    if (asked.getAndIncrement() > 0) {
      return;
    }
    int done = 1;
    do {
      try {
        sweepOnce();
      } catch (RuntimeException e) {
        // A scheduler drops a task that threw; this one must come again.
        LOG.log(Level.ERROR, "a walk over the live calls failed; the next one tries again", e);
      }
      done = asked.addAndGet(-done);
    } while (done > 0);
  }

  private void sweepOnce() {
    Instant now = clock.instant();
    AccessPolicy policy = policies.current();
    for (AdmittedCall<?> call : live.snapshot()) {
      if (!call.ended()) {
        Refusal refusal = judge(call, now, policy);
        if (refusal != null) {
          call.end(refusal, () -> journal.ended(call.admission(), refusal));
        }
      }
    }
  }

  private static @Nullable Refusal judge(AdmittedCall<?> call, Instant now, AccessPolicy policy) {
    Admission admission = call.admission();
    if (now.toEpochMilli() >= admission.endMillis()) {
      return Refusal.of(RefusalReason.PROOF_EXPIRED, now);
    }
    if (call.allowedBy == policy) {
      return null;
    }
    call.allowedBy = policy;
    Caller caller = admission.caller();
    if (admission.method().isPublicIn(policy)) {
      return null;
    }
    if (caller == null) {
      return Refusal.of(RefusalReason.PROOF_MISSING, now);
    }
    Decision decision = admission.method().decide(policy, caller);
    return decision.isAllowed()
        ? null
        : Refusal.notAllowed(caller, admission.method().fullName(), decision.rule());
  }
}
