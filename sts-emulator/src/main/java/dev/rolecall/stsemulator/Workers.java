package dev.rolecall.stsemulator;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The emulator's threads, all daemons: as many as there are answers being written, so that a client
 * that does not read holds up nobody else, and one that only tells the time.
 */
final class Workers implements Executor, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorService pool;
  private final ScheduledThreadPoolExecutor timer;

  Workers() {
    pool = Executors.newCachedThreadPool(named("sts-emulator-worker-"));
    timer = new ScheduledThreadPoolExecutor(1, named("sts-emulator-timer-"));
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  /** Runs a task after that time; not at all if the emulator closes first. */
  void later(Duration delay, Runnable task) {
    try {
      Future<?> unused = timer.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closing) {
      // Closing ends every exchange, so there is nobody left to run the task for.
      return;
    }
  }

  /** Stops, and waits up to five seconds for the threads to end. */
  @Override
  public void close() {
    timer.shutdownNow();
    pool.shutdownNow();
    try {
      timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      pool.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
