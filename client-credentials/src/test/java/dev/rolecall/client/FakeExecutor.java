package dev.rolecall.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor that runs what it was given only when told to, or refuses it. */
final class FakeExecutor implements Executor {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean rejecting;

  @Override
  public void execute(Runnable task) {
    if (rejecting) {
      throw new RejectedExecutionException("shut down");
    }
    tasks.add(task);
  }

  FakeExecutor rejecting() {
    rejecting = true;
    return this;
  }

  int pending() {
    return tasks.size();
  }

  void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
