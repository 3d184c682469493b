package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.Admission;
import dev.rolecall.access.Recheck;
import dev.rolecall.access.Refusal;
import dev.rolecall.access.grant.GrantedRight;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.grant.Ticks;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.PolicySource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends admitted calls whose time is over, or which the policy or the grants of the day no longer
 * allow: at a fixed period, at once when one of them changes, and when the right of a call ends.
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

  private static final Set<RefusalReason> BY_GRANTS =
      EnumSet.of(
          RefusalReason.GRANT_REQUIRED,
          RefusalReason.GRANT_EXPIRED,
          RefusalReason.GRANT_REVOKED,
          RefusalReason.GRANTS_STALE,
          RefusalReason.CALLER_LOCKED);

  /**
   * The time between the walk that shuts many calls and their closes, which cost more: other guards
   * have calls to shut at the same instant. If nothing times it, the next walk of the period
   * closes.
   */
  private static final long PAUSE = Duration.ofMillis(50).toNanos();

  private final LiveCalls live;
  private final AccessControl access;
  private final Supervisor supervisor;
  private final EndTimer ends;
  private PolicySource.@Nullable Registration registration;
  private @Nullable ScheduledFuture<?> walks;

  private final AtomicInteger changes = new AtomicInteger();

  /** The closes under way, and those that wait for the next walk. Only the walk changes them. */
  private final List<Closes> closing = new CopyOnWriteArrayList<>();

  private volatile boolean closed;

  /**
   * Walks asked for and not yet done: one thread walks, and goes again if it was asked meanwhile.
   */
  private final AtomicInteger asked = new AtomicInteger();

  CallWatch(LiveCalls live, AccessControl access) {
    this.live = requireNonNull(live, "live");
    this.access = requireNonNull(access, "access");
    this.supervisor = access.runtime().supervisor();
    this.ends = new EndTimer(access.runtime(), this::walk);
  }

  /** Starts to walk. To be called once. */
  void start(Duration period) {
    ScheduledExecutorService scheduler = access.runtime().walks();
    walks = supervisor.every(period, scheduler, TASK, this::walk);
    // Where the scheduler takes no task, the thread that changed something walks.
    registration = access.onChange(this::changed);
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
    ends.close();
    closed = true;
    if (!closing.isEmpty()) {
      // Calls that are shut wait for their closes: no other walk comes.
      walk();
    }
    live.snapshot().forEach(this::endAsClosed);
  }

  /**
   * The number of changes so far of what was allowed: policies, grants, locks, withdrawals. To be
   * read before a call is judged.
   */
  int changes() {
    return changes.get();
  }

  private void changed() {
    // First: a call that is added after the walk has looked then sees the change.
    changes.incrementAndGet();
    walkSoon();
  }

  /**
   * A call was added to the live ones. What admitted it may have changed since, and the walk of
   * that change may not have seen the call: another one does. Its right may have ended too.
   *
   * @param changes {@link #changes} before the call was judged
   */
  void added(AdmittedCall<?> call, int changes) {
    if (changes() != changes) {
      walkSoon();
    }
    GrantedRight right = call.admission().right();
    if (right != null) {
      try {
        expect(right);
      } catch (RuntimeException | Error e) {
        supervisor.caught(TASK, e);
        // It was held: its end was read then.
        ends.expect(right.knownEnd());
      }
    }
  }

  private void expect(GrantedRight right) {
    long end = right.heldUntilUnlessChanged();
    if (end == GrantedRight.NOT_HELD) {
      walkSoon();
    } else {
      ends.expect(end);
    }
  }

  /** Where the scheduler takes no task, this thread walks. */
  private void walkSoon() {
    supervisor.execute(access.runtime().walks(), TASK, this::walk);
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

  /**
   * Judges every call, and shuts those that may not go on, before it closes the first. A close
   * takes longer, and data must stop in time for many calls that end together.
   */
  private void walkOnce() {
    Recheck now = access.recheck();
    List<AdmittedCall<?>> calls = live.snapshot();
    Round round = new Round(new Closes(access.runtime(), calls));
    closing.add(round.closes);
    for (AdmittedCall<?> call : calls) {
      if (!call.ended()) {
        visit(call, now, round);
      }
    }
    if (round.everyCallWasJudged) {
      now.enforced(round.endedByGrants);
    }
    ends.expect(round.firstEnd);
    // A guard that is closed from here on walks once more.
    boolean pauses = round.closes.areMany() && !closed;
    if (pauses) {
      supervisor.run(TASK, () -> ends.expect(access.runtime().ticker().getAsLong() + PAUSE));
    }
    closing.removeIf(each -> !(pauses && each == round.closes) && !each.goOn());
  }

  /** The findings of one walk so far. */
  private static final class Round {

    final Closes closes;
    long firstEnd = Holding.NEVER;
    int endedByGrants;
    boolean everyCallWasJudged = true;

    Round(Closes closes) {
      this.closes = closes;
    }
  }

  private void visit(AdmittedCall<?> call, Recheck now, Round round) {
    try {
      Recheck.Finding finding = now.judge(call.admission(), call.allowedBy);
      if (finding instanceof Refusal.Unmade refusal) {
        endOrKeep(call, refusal, round);
        return;
      }
      Admission terms = (Admission) finding;
      call.goOnBy(terms);
      if (now.policy() != null) {
        call.allowedBy = now.policy();
      }
      GrantedRight right = terms.right();
      if (right != null) {
        round.firstEnd = Ticks.earlier(round.firstEnd, right.knownEnd());
      }
    } catch (RuntimeException | Error e) {
      // The next walk tries again: nothing of the call has been changed.
      round.everyCallWasJudged = false;
      supervisor.caught(TASK, e);
    }
  }

  private void endOrKeep(AdmittedCall<?> call, Refusal.Unmade refusal, Round round) {
    Admission admission = call.admission();
    if (admission.method().enforced()) {
      GuardedCall.Shut shut = call.shut(refusal, recorded(call, refusal::made));
      if (shut == GuardedCall.Shut.IDLE) {
        round.closes.add(call);
      }
      if (shut != GuardedCall.Shut.BEFORE && BY_GRANTS.contains(refusal.reason())) {
        round.endedByGrants++;
      }
    } else if (!call.keptInstead) {
      call.keptInstead = true;
      supervisor.execute(
          access.runtime().application(),
          SupervisedTask.DECISION_RECORD.label(),
          () -> access.records().kept(admission, refusal.made()));
    }
  }

  /** Ends a call that was admitted while the guard closed. */
  void endAsClosed(AdmittedCall<?> call) {
    supervisor.run(
        SupervisedTask.CALL_END.label(), () -> end(call, Refusal.of(RefusalReason.GUARD_CLOSED)));
  }

  private void end(AdmittedCall<?> call, Refusal refusal) {
    call.end(refusal, recorded(call, () -> refusal));
  }

  private Runnable recorded(AdmittedCall<?> call, Supplier<Refusal> refusal) {
    return () -> access.records().ended(call.admission(), refusal.get());
  }
}
