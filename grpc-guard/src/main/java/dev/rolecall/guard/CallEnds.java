package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Supervisor;
import java.util.concurrent.Executor;

/**
 * Where calls are ended, and what follows: the close first, on the threads of ends; then the
 * handler is told and the end written down, on those of application code. Where an executor does
 * not take its part, for want of a thread say, the part is done on the spot; but the handler is
 * then told by its call's last event alone.
 */
final class CallEnds {

  private final Supervisor supervisor;
  private final Executor ends;
  private final Executor application;

  /** Where that runtime has them. */
  CallEnds(AccessRuntime runtime) {
    this(runtime.supervisor(), runtime.ends(), runtime.application());
  }

  CallEnds(Supervisor supervisor, Executor ends, Executor application) {
    this.supervisor = requireNonNull(supervisor, "supervisor");
    this.ends = requireNonNull(ends, "ends");
    this.application = requireNonNull(application, "application");
  }

  /** Runs a close. */
  void begin(Runnable close) {
    supervisor.execute(ends, SupervisedTask.CALL_END.label(), close);
  }

  /** The call has been closed with that. */
  void closed(ForcedEnd why) {
    // Never on this thread, which may be the one that walks: a handler may take its time, and
    // hears of the end by its call's last event in any case.
    supervisor.executeOr(
        application,
        SupervisedTask.CALL_CANCEL.label(),
        why.told(),
        () -> {
          var unused = supervisor.offer(ends, SupervisedTask.CALL_CANCEL.label(), why.told());
        });
    supervisor.execute(application, SupervisedTask.DECISION_RECORD.label(), why.recorded());
  }
}
