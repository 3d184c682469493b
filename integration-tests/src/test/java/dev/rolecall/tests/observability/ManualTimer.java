package dev.rolecall.tests.observability;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Keeps the periodic tasks it is given, and runs them when a test says so. */
final class ManualTimer extends ScheduledThreadPoolExecutor implements AutoCloseable {

  private static final long NEVER = 365;

  private final List<Runnable> tasks = new CopyOnWriteArrayList<>();

  ManualTimer() {
    super(1);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    tasks.add(task);
    return schedule(() -> {}, NEVER, TimeUnit.DAYS);
  }

  /** Runs each task once, on this thread. */
  void tick() {
    tasks.forEach(Runnable::run);
  }

  @Override
  public void close() {
    shutdownNow();
  }
}
