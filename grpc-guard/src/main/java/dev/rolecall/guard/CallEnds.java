package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Supervisor;
import java.util.concurrent.Executor;

/**
 * The end of live calls, in two parts. First the call is closed, on the threads of ends. Then the
 * handler is told and the end is recorded, on the threads of application code.
 *
 * <p>If an executor rejects its part, for want of a thread say, the calling thread runs the part.
 * The handler is then told by the last event of its call alone.
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

  /** Something of the guard's threw beside a call, which goes on. */
  void caught(Throwable thrown) {
    supervisor.caught(SupervisedTask.CALL_DECISION.label(), thrown);
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
