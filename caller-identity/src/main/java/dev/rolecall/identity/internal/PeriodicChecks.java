package dev.rolecall.identity.internal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of the checks of a file: every five seconds on a daemon thread, unless it is set
 * otherwise. Immutable.
 */
public final class PeriodicChecks {

  private static final Duration DEFAULT_PERIOD = Duration.ofSeconds(5);
  private static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);
  private static final Duration LONGEST_PERIOD = Duration.ofDays(1);

  private final String thread;
  private final Duration period;
  private final @Nullable ScheduledExecutorService executor;

  private PeriodicChecks(
      String thread, Duration period, @Nullable ScheduledExecutorService executor) {
    this.thread = requireNonNull(thread, "thread");
    this.period = period;
    this.executor = executor;
  }

  /**
   * Checks of all defaults.
   *
   * @param thread the name of the thread that is made for them
   */
  public static PeriodicChecks named(String thread) {
    return new PeriodicChecks(thread, DEFAULT_PERIOD, null);
  }

  /**
   * The same with that time between two checks: 100 ms to a day.
   *
   * @throws IllegalArgumentException if it is shorter or longer
   */
  public PeriodicChecks period(Duration period) {
    Range.check("period", period, SHORTEST_PERIOD, LONGEST_PERIOD);
    return new PeriodicChecks(thread, period, executor);
  }

  /** The same on that executor, which is left running. */
  public PeriodicChecks executor(ScheduledExecutorService executor) {
    return new PeriodicChecks(thread, period, requireNonNull(executor, "executor"));
  }

  /**
   * Starts them; the first comes after one period.
   *
   * @param task a word of a closed set, for what a check throws
   * @param check may block on the file
   * @return what ends them
   */
  public Runnable start(Supervisor supervisor, String task, Runnable check) {
    if (executor != null) {
      Future<?> checks = supervisor.pausing(period, executor, task, check);
      return () -> checks.cancel(false);
    }
    ScheduledExecutorService own = Executors.newSingleThreadScheduledExecutor(this::newThread);
    Future<?> checks = supervisor.pausing(period, own, task, check);
    return () -> {
      checks.cancel(false);
      own.shutdown();
    };
  }

  private Thread newThread(Runnable task) {
    Thread made = new Thread(task, thread);
    made.setDaemon(true);
    return made;
  }
}
