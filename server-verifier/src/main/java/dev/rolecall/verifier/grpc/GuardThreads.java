package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.internal.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a guard. No two kinds of work share any: application code may take its time, and
 * neither the end of a call nor the walk over the live calls may wait for it.
 *
 * <p>Those that are made here are daemons, named for what they do. A pool has a thread for each
 * task, up to a limit; they end when idle for half a minute. Tasks over the limit wait.
 *
 * @param starts runs application code: the start of a handler whose call waited for its verdict,
 *     and what a handler does when its call is ended
 * @param ends closes calls
 * @param walks times the walks over the live calls, and does them
 * @param release ends those threads that were made here
 */
record GuardThreads(
    Executor starts, Executor ends, ScheduledExecutorService walks, Runnable release) {

  /** A start that blocks holds its thread: the more, the later any of them waits for another. */
  static final int MOST_STARTS = 512;

  /** A close waits for nothing; but a transport within the process may run its client here. */
  static final int MOST_ENDS = 64;

  private static final int IDLE_SECONDS = 30;

  /** Those given, and for each that is not given threads of the guard's own. */
  static GuardThreads of(
      @Nullable Executor starts,
      @Nullable Executor ends,
      @Nullable ScheduledExecutorService walks) {
    List<ExecutorService> made = new ArrayList<>();
    return new GuardThreads(
        starts != null ? starts : added(made, pool("rolecall-start-", MOST_STARTS)),
        ends != null ? ends : added(made, pool("rolecall-end-", MOST_ENDS)),
        walks != null
            ? walks
            : added(made, new ScheduledThreadPoolExecutor(1, new DaemonThreads("rolecall-watch-"))),
        () -> made.forEach(ExecutorService::shutdown));
  }

  private static <T extends ExecutorService> T added(List<ExecutorService> made, T executor) {
    made.add(executor);
    return executor;
  }

  private static ThreadPoolExecutor pool(String name, int most) {
    return new ThreadPoolExecutor(
        0,
        most,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new IdleFirst(),
        new DaemonThreads(name),
        GuardThreads::wait);
  }

  /** All threads are busy, and there may be no more of them; or the pool has been shut down. */
  private static void wait(Runnable task, ThreadPoolExecutor pool) {
    if (pool.isShutdown() || !(pool.getQueue() instanceof IdleFirst queue)) {
      throw new RejectedExecutionException("shut down");
    }
    queue.put(task);
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
