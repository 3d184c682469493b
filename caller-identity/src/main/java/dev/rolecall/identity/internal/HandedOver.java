package dev.rolecall.identity.internal;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A task on its way to an executor, which may take it and throw all the same: it begins once. */
final class HandedOver implements Runnable {

  private final Supervisor supervisor;
  private final String task;
  private final Runnable action;
  private final AtomicBoolean begun = new AtomicBoolean();

  HandedOver(Supervisor supervisor, String task, Runnable action) {
    this.supervisor = supervisor;
    this.task = task;
    this.action = requireNonNull(action, "action");
  }

  /** What the executor threw; null if it took the task. */
  @Nullable Throwable to(Executor executor) {
    try {
      executor.execute(this);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  /** Whether the executor that threw will not run the task: it does not begin from now on. */
  boolean takeBack(Throwable refused) {
    if (!(refused instanceof RejectedExecutionException)) {
      // An Error, as a rule: no further thread. A rejection is an executor's way to say no.
      supervisor.caught(task, refused);
    }
    return begun.compareAndSet(false, true);
  }

  @Override
  public void run() {
    if (begun.compareAndSet(false, true)) {
      supervisor.run(task, action);
    }
  }
}
