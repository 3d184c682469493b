package dev.rolecall.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads a verifier works on: those it is given, and those it makes where it is given none.
 *
 * @param executor begins look-ups, reads answers and completes stages
 * @param carrier works for the HTTP client alone, which waits on it for names to be resolved:
 *     answers must not wait behind that. Never rejects: a rejection ends the client of JDK 17, and
 *     leaves the requests under way without an end
 * @param scheduler only ever hands over
 * @param shutDown ends those that were made here
 */
record WorkThreads(
    Executor executor, Executor carrier, ScheduledExecutorService scheduler, Runnable shutDown) {

  private static final int READERS = 2;
  private static final int CARRIERS = 4;
  private static final int MOST_CARRIERS = 64;
  private static final int CARRIERS_QUEUE = 128;
  private static final int IDLE_SECONDS = 30;

  static WorkThreads of(@Nullable Executor executor, @Nullable ScheduledExecutorService scheduler) {
    List<ExecutorService> made = new ArrayList<>();
    return new WorkThreads(
        executor != null ? executor : added(made, makeExecutor()),
        added(made, makeCarrier()),
        scheduler != null ? scheduler : added(made, makeScheduler()),
        // Not "now": what is queued there tells waiting calls that it is over.
        () -> made.forEach(ExecutorService::shutdown));
  }

  private static <T extends ExecutorService> T added(List<ExecutorService> made, T executor) {
    made.add(executor);
    return executor;
  }

  /** Two threads, which end when idle. What queues for them is bounded by the look-ups. */
  private static ThreadPoolExecutor makeExecutor() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("rolecall-verifier-"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /**
   * A few threads, which end when idle, and more only where those wait: proofs may name an endpoint
   * whose name does not resolve, and others' requests must get past it. What finds no room, or
   * comes after the end, is run by whoever brings it.
   */
  private static ThreadPoolExecutor makeCarrier() {
    ThreadPoolExecutor carrier =
        new ThreadPoolExecutor(
            CARRIERS,
            MOST_CARRIERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(CARRIERS_QUEUE),
            named("rolecall-sts-"),
            (task, full) -> task.run());
    carrier.allowCoreThreadTimeOut(true);
    return carrier;
  }

  private static ScheduledThreadPoolExecutor makeScheduler() {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(1, named("rolecall-verifier-timer-"));
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return scheduler;
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
