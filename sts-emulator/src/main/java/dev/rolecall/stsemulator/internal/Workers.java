package dev.rolecall.stsemulator.internal;

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
 * The threads of an emulator, all daemons. There is one thread for each answer that is being
 * written, so a client that does not read holds up no other. One more thread keeps the time.
 */
public final class Workers implements Executor, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorService pool;
  private final ScheduledThreadPoolExecutor timer;

  /** Threads that start when they are first needed. */
  public Workers() {
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
  public void later(Duration delay, Runnable task) {
    try {
      Future<?> unused = timer.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closing) {
      // Closing ends every exchange, so no client is left to run the task for.
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
