package dev.rolecall.verifier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs what is due when a test lets time pass, on the test's thread. Has no thread of its own. */
public final class FakeScheduler extends ScheduledThreadPoolExecutor {

  private final FakeTime time;
  private final List<Task<?>> tasks = new ArrayList<>();

  /** A scheduler of that time. */
  public FakeScheduler(FakeTime time) {
    super(0);
    this.time = time;
  }

  @Override
  public synchronized ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return add(
        () -> {
          command.run();
          return "";
        },
        unit.toNanos(delay));
  }

  @Override
  public synchronized <V> ScheduledFuture<V> schedule(
      Callable<V> callable, long delay, TimeUnit unit) {
    return add(callable, unit.toNanos(delay));
  }

  private <V> Task<V> add(Callable<V> callable, long delayNanos) {
    Task<V> task = new Task<>(callable, time.nanos() + delayNanos);
    tasks.add(task);
    return task;
  }

  /** Lets time pass, and runs what falls due, in order, at its time. */
  public void pass(Duration duration) {
    long end = time.nanos() + duration.toNanos();
    for (Task<?> next = nextUntil(end); next != null; next = nextUntil(end)) {
      time.advance(Duration.ofNanos(Math.max(0, next.dueAt - time.nanos())));
      next.run();
    }
    time.advance(Duration.ofNanos(end - time.nanos()));
  }

  private synchronized @Nullable Task<?> nextUntil(long end) {
    tasks.removeIf(FutureTask::isDone);
    return tasks.stream()
        .filter(task -> task.dueAt <= end)
        .min(Comparator.comparingLong(task -> task.dueAt))
        .orElse(null);
  }

  /** The delays of what is waiting, soonest first. */
  public synchronized List<Duration> waiting() {
    tasks.removeIf(FutureTask::isDone);
    return tasks.stream()
        .map(task -> Duration.ofNanos(task.dueAt - time.nanos()))
        .sorted()
        .toList();
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

    private final long dueAt;

    Task(Callable<V> callable, long dueAt) {
      super(callable);
      this.dueAt = dueAt;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueAt - time.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
