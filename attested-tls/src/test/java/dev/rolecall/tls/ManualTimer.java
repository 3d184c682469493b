package dev.rolecall.tls;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Periodic tasks run when a test says so, on its thread, and never otherwise. */
final class ManualTimer extends ScheduledThreadPoolExecutor {

  private static final long NEVER = 365;

  private final List<Periodic> tasks = new CopyOnWriteArrayList<>();

  private record Periodic(Runnable task, ScheduledFuture<?> future) {}

  ManualTimer() {
    super(1);
    setRemoveOnCancelPolicy(true);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    ScheduledFuture<?> future = super.schedule(() -> {}, NEVER, TimeUnit.DAYS);
    tasks.add(new Periodic(task, future));
    return future;
  }

  /** Runs each task that is still wanted once. */
  void tick() {
    tasks.removeIf(each -> each.future().isCancelled());
    tasks.forEach(each -> each.task().run());
  }

  int tasksWanted() {
    return getQueue().size();
  }
}
