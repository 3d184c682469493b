package dev.rolecall.policy.document;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs the one task that was scheduled when the test says so, on the test's thread. */
final class FakeScheduler extends ScheduledThreadPoolExecutor {

  private Optional<Task> task = Optional.empty();
  private Duration delay = Duration.ZERO;

  FakeScheduler() {
    super(0);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable run, long initialDelay, long delay, TimeUnit unit) {
    this.delay = Duration.of(delay, unit.toChronoUnit());
    Task scheduled = new Task(run);
    task = Optional.of(scheduled);
    return scheduled;
  }

  Duration delay() {
    return delay;
  }

  boolean isIdle() {
    return task.filter(scheduled -> !scheduled.isCancelled()).isEmpty();
  }

  void tick() {
    task.filter(scheduled -> !scheduled.isCancelled()).ifPresent(scheduled -> scheduled.run.run());
  }

  /** Runs again and again until it is cancelled. */
  private static final class Task extends FutureTask<Object> implements ScheduledFuture<Object> {

    private final Runnable run;

    Task(Runnable run) {
      super(run, "done");
      this.run = run;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public int compareTo(Delayed other) {
      return 0;
    }
  }
}
