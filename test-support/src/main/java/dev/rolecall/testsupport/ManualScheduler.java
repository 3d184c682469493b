package dev.rolecall.testsupport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler that runs tasks on the test's thread, when the test lets time pass. It has no thread.
 * Tasks without a delay run at once.
 */
public final class ManualScheduler extends ScheduledThreadPoolExecutor implements AutoCloseable {

  private final ManualTime time;
  private final List<Task<?>> tasks = new ArrayList<>();

  /** A scheduler on a time that no one else goes by. */
  public ManualScheduler() {
    this(new ManualTime());
  }

  /** A scheduler on that time. */
  public ManualScheduler(ManualTime time) {
    super(0);
    this.time = time;
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return add(new Task<>(called(command), Duration.of(delay, unit.toChronoUnit()), Duration.ZERO));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return add(new Task<>(callable, Duration.of(delay, unit.toChronoUnit()), Duration.ZERO));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return add(
        new Task<>(
            called(command),
            Duration.of(initialDelay, unit.toChronoUnit()),
            Duration.of(period, unit.toChronoUnit())));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return scheduleAtFixedRate(command, initialDelay, delay, unit);
  }

  private static Callable<Object> called(Runnable command) {
    return () -> {
      command.run();
      return "done";
    };
  }

  private synchronized <V> Task<V> add(Task<V> task) {
    tasks.add(task);
    return task;
  }

  /** Lets time pass, and runs the tasks that fall due, in order, each at its time. */
  public void pass(Duration duration) {
    long end = time.nanos() + duration.toNanos();
    for (Task<?> next = nextUntil(end); next != null; next = nextUntil(end)) {
      time.advance(Duration.ofNanos(Math.max(0, next.dueAt - time.nanos())));
      next.runDue();
    }
    time.advance(Duration.ofNanos(end - time.nanos()));
  }

  private synchronized @Nullable Task<?> nextUntil(long end) {
    return pending().stream()
        .filter(task -> task.dueAt - end <= 0)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Runs each periodic task once. No time passes. */
  public void tick() {
    periodic().forEach(Task::runOnce);
  }

  /** The delays of the tasks that run once and are still to come, soonest first. */
  public synchronized List<Duration> waiting() {
    return pending().stream()
        .filter(task -> task.period.isZero())
        .map(Task::left)
        .sorted()
        .toList();
  }

  /** The periods of the periodic tasks that are not cancelled. */
  public synchronized List<Duration> periods() {
    return periodic().stream().map(task -> task.period).toList();
  }

  private synchronized List<Task<?>> periodic() {
    return pending().stream().filter(task -> !task.period.isZero()).toList();
  }

  private List<Task<?>> pending() {
    tasks.removeIf(FutureTask::isDone);
    return List.copyOf(tasks);
  }

  @Override
  public void close() {
    shutdownNow();
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

    /** Zero for a task that runs once. */
    private final Duration period;

    private long dueAt;

    Task(Callable<V> callable, Duration delay, Duration period) {
      super(callable);
      this.period = period;
      this.dueAt = time.nanos() + delay.toNanos();
    }

    /** Runs it at its time; a periodic task is due again after its period. */
    void runDue() {
      if (period.isZero()) {
        run();
      } else {
        dueAt += period.toNanos();
        runOnce();
      }
    }

    /** Runs it, and leaves it to run again. */
    void runOnce() {
      if (!runAndReset() && !isCancelled()) {
        throw new AssertionError("a periodic task failed, and would not run again", thrown());
      }
    }

    private @Nullable Throwable thrown() {
      try {
        get();
        return null;
      } catch (ExecutionException e) {
        return e.getCause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return e;
      }
    }

    Duration left() {
      return Duration.ofNanos(dueAt - time.nanos());
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(left());
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
