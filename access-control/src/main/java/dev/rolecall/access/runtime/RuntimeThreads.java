package dev.rolecall.access.runtime;

import dev.rolecall.identity.internal.DaemonThreads;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a runtime: those it is given, and those it makes where it is given none. No two
 * kinds of work share any: application code may take its time, and neither the end of a call, nor
 * the walk over the live calls, nor a look-up may wait for it.
 *
 * <p>Those that are made here are daemons, named for what they do. They end when idle for half a
 * minute.
 *
 * @param lookUps begins look-ups, reads answers and completes stages
 * @param application runs application code
 * @param ends closes calls
 * @param timer only ever hands over
 * @param walks times the walks over the live calls, and does them
 * @param made those that were made here
 */
record RuntimeThreads(
    Executor lookUps,
    Executor application,
    Executor ends,
    ScheduledExecutorService timer,
    ScheduledExecutorService walks,
    List<ExecutorService> made)
    implements AutoCloseable {

  /** A start that blocks holds its thread: the more, the later any of them waits for another. */
  static final int MOST_STARTS = 512;

  /** A close waits for nothing; but a transport within the process may run its client here. */
  static final int MOST_ENDS = 64;

  private static final int READERS = 2;
  private static final int IDLE_SECONDS = 30;

  /** Those given, and for each that is not given threads made here. */
  static RuntimeThreads of(
      @Nullable Executor lookUps,
      @Nullable Executor application,
      @Nullable Executor ends,
      @Nullable ScheduledExecutorService scheduler) {
    List<ExecutorService> made = new CopyOnWriteArrayList<>();
    return new RuntimeThreads(
        lookUps != null ? lookUps : added(made, readers()),
        application != null ? application : added(made, growing("rolecall-start-", MOST_STARTS)),
        ends != null ? ends : added(made, growing("rolecall-end-", MOST_ENDS)),
        scheduler != null ? scheduler : added(made, timerNamed("rolecall-timer-")),
        scheduler != null ? scheduler : added(made, timerNamed("rolecall-watch-")),
        made);
  }

  private static <T extends ExecutorService> T added(List<ExecutorService> made, T executor) {
    made.add(executor);
    return executor;
  }

  /** So many threads. What queues for them is bounded by the look-ups. */
  private static ThreadPoolExecutor readers() {
    ThreadPoolExecutor readers =
        pool(
            "rolecall-lookup-",
            READERS,
            READERS,
            new LinkedBlockingQueue<>(),
            RuntimeThreads::runHere);
    readers.allowCoreThreadTimeOut(true);
    return readers;
  }

  /** A thread for each task, up to a limit; tasks over the limit wait. */
  private static ThreadPoolExecutor growing(String name, int most) {
    return pool(name, 0, most, new IdleFirst(), RuntimeThreads::wait);
  }

  /** A thread for each task that waits for the network: as many as look-ups and names allow. */
  Executor newWaiters(String name) {
    return added(
        made, pool(name, 0, Integer.MAX_VALUE, new SynchronousQueue<>(), RuntimeThreads::runHere));
  }

  private static ThreadPoolExecutor pool(
      String name,
      int least,
      int most,
      BlockingQueue<Runnable> queue,
      RejectedExecutionHandler rejected) {
    return new ThreadPoolExecutor(
        least, most, IDLE_SECONDS, TimeUnit.SECONDS, queue, new DaemonThreads(name), rejected);
  }

  private static ScheduledThreadPoolExecutor timerNamed(String name) {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name));
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return timer;
  }

  /** What comes after the end is done by the thread that brings it: a call may wait for it. */
  private static void runHere(Runnable task, ThreadPoolExecutor ended) {
    task.run();
  }

  /** All threads are busy, and there may be no more of them; or the pool has been shut down. */
  private static void wait(Runnable task, ThreadPoolExecutor pool) {
    if (pool.isShutdown() || !(pool.getQueue() instanceof IdleFirst queue)) {
      throw new RejectedExecutionException("shut down");
    }
    queue.put(task);
  }

  /** Not "now": what is queued there tells waiting calls that it is over. */
  @Override
  public void close() {
    made.forEach(ExecutorService::shutdown);
  }

  /** Offers a task to idle threads alone: where there is none, the pool makes another first. */
  private static final class IdleFirst extends LinkedTransferQueue<Runnable> {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }
  }
}
