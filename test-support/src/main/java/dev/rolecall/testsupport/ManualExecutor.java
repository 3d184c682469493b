package dev.rolecall.testsupport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor that keeps its tasks until a test runs them, or rejects them. */
public final class ManualExecutor implements Executor {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile boolean rejecting;

  @Override
  public void execute(Runnable task) {
    if (rejecting) {
      throw new RejectedExecutionException("shut down");
    }
    tasks.add(task);
  }

  /** Rejects every task from now on, as an executor that was shut down. */
  public ManualExecutor rejecting() {
    rejecting = true;
    return this;
  }

  /** Accepts tasks again. */
  public void accepting() {
    rejecting = false;
  }

  /** The number of tasks that wait. */
  public int pending() {
    return tasks.size();
  }

  /** Runs all tasks on this thread, and those that they add. */
  public void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
