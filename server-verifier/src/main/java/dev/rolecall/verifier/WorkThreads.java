package dev.rolecall.verifier;

import dev.rolecall.identity.internal.DaemonThreads;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.verifier.metrics.SupervisedTask;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads a verifier works on: those it is given, and those it makes where it is given none.
 * Those made here never reject work.
 *
 * @param executor begins look-ups, reads answers and completes stages
 * @param carrier sends requests to STS, and waits on each for its answer
 * @param resolver waits for names to be resolved
 * @param scheduler only ever hands over
 * @param supervisor hands tasks to all of them
 * @param shutDown ends those that were made here
 */
record WorkThreads(
    Executor executor,
    Executor carrier,
    Executor resolver,
    ScheduledExecutorService scheduler,
    Supervisor supervisor,
    Runnable shutDown) {

  private static final int READERS = 2;
  private static final int IDLE_SECONDS = 30;

  static WorkThreads of(
      @Nullable Executor executor,
      @Nullable ScheduledExecutorService scheduler,
      VerifierMetrics metrics) {
    metrics.supervising(SupervisedTask.LOOK_UP);
    Supervisor supervisor =
        new Supervisor(System.getLogger(CallerVerifier.class.getName()), metrics::taskFailed);
    List<ExecutorService> made = new ArrayList<>();
    return new WorkThreads(
        executor != null ? executor : added(made, makeExecutor("rolecall-verifier-", READERS)),
        added(made, makeWaiters("rolecall-sts-")),
        added(made, makeWaiters("rolecall-names-")),
        scheduler != null ? scheduler : added(made, makeScheduler()),
        supervisor,
        // Not "now": what is queued there tells waiting calls that it is over.
        () -> made.forEach(ExecutorService::shutdown));
  }

  private static <T extends ExecutorService> T added(List<ExecutorService> made, T executor) {
    made.add(executor);
    return executor;
  }

  /** So many threads, which end when idle. What queues for them is bounded by the look-ups. */
  private static ThreadPoolExecutor makeExecutor(String name, int threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreads(name),
            WorkThreads::runHere);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /**
   * A thread for each task that waits for the network. Requests to STS are bounded as look-ups are,
   * names that are being resolved by the endpoints there are.
   */
  private static ThreadPoolExecutor makeWaiters(String name) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        new DaemonThreads(name),
        WorkThreads::runHere);
  }

  /** What comes after the end is done by whoever brings it: somebody may wait for it. */
  private static void runHere(Runnable task, ThreadPoolExecutor ended) {
    task.run();
  }

  private static ScheduledThreadPoolExecutor makeScheduler() {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(1, new DaemonThreads("rolecall-verifier-timer-"));
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return scheduler;
  }
}
