package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.Admission;
import dev.rolecall.access.Recheck;
import dev.rolecall.access.Refusal;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.PolicySource;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Ends admitted calls whose time is over, or which the policy of the day no longer allows: at a
 * fixed period, and at once when the policy changes.
 *
 * <p>One walk over the live calls instead of a timer for each. A unary call would arm and disarm a
 * timer to no purpose; a change of policy has to visit every call anyway; and the walk also finds a
 * call that was admitted by the old policy while it was being replaced.
 *
 * <p>Nothing ends the walks, and nothing that one call does keeps the walk from the next. A call
 * that the walk sees for the first time is held to the policy too: it may have been replaced since
 * the call was admitted.
 */
final class CallWatch implements AutoCloseable {

  private static final String TASK = SupervisedTask.CALL_WATCH.label();

  private final LiveCalls live;
  private final AccessControl access;
  private final Supervisor supervisor;
  private PolicySource.@Nullable Registration registration;
  private @Nullable ScheduledFuture<?> walks;

  /**
   * Walks asked for and not yet done: one thread walks, and goes again if it was asked meanwhile.
   */
  private final AtomicInteger asked = new AtomicInteger();

  CallWatch(LiveCalls live, AccessControl access) {
    this.live = requireNonNull(live, "live");
    this.access = requireNonNull(access, "access");
    this.supervisor = access.runtime().supervisor();
  }

  /** Starts to walk. To be called once. */
  void start(Duration period) {
    ScheduledExecutorService scheduler = access.runtime().walks();
    walks = supervisor.every(period, scheduler, TASK, this::walk);
    // Where the scheduler takes no task, the thread that changed the policy walks.
    registration = access.onChange(() -> supervisor.execute(scheduler, TASK, this::walk));
  }

  /**
   * Stops watching, and ends the calls that live: nothing would end them in time. Ends them
   * whatever the scheduler and the policy's source throw. Throws nothing.
   */
  @Override
  public void close() {
    ScheduledFuture<?> timed = walks;
    if (timed != null) {
      supervisor.run(TASK, () -> timed.cancel(false));
    }
    PolicySource.Registration told = registration;
    if (told != null) {
      supervisor.run(TASK, told::close);
    }
    live.snapshot().forEach(this::endAsClosed);
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
    Recheck now = access.recheck();
    for (AdmittedCall<?> call : live.snapshot()) {
      if (!call.ended()) {
        visit(call, now);
      }
    }
  }

  private void visit(AdmittedCall<?> call, Recheck now) {
    try {
      Refusal refusal = now.refusal(call.admission(), call.allowedBy);
      if (refusal != null) {
        endOrKeep(call, refusal);
      } else if (now.policy() != null) {
        call.allowedBy = now.policy();
      }
    } catch (RuntimeException | Error e) {
      // The next walk tries again: nothing of the call has been changed.
      supervisor.caught(TASK, e);
    }
  }

  private void endOrKeep(AdmittedCall<?> call, Refusal refusal) {
    Admission admission = call.admission();
    if (admission.method().enforced()) {
      end(call, refusal);
    } else if (!call.keptInstead) {
      call.keptInstead = true;
      supervisor.execute(
          access.runtime().application(),
          SupervisedTask.DECISION_RECORD.label(),
          () -> access.records().kept(admission, refusal));
    }
  }

  /** Ends a call that was admitted while the guard closed. */
  void endAsClosed(AdmittedCall<?> call) {
    supervisor.run(
        SupervisedTask.CALL_END.label(), () -> end(call, Refusal.of(RefusalReason.GUARD_CLOSED)));
  }

  private void end(AdmittedCall<?> call, Refusal refusal) {
    call.end(refusal, () -> access.records().ended(call.admission(), refusal));
  }
}
