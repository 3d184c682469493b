package dev.rolecall.tls;

import dev.rolecall.identity.internal.DaemonThreads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;

/** The resources of one end, closed in the reverse order. Not safe for use by several threads. */
final class Resources {

  private final Deque<Runnable> made = new ArrayDeque<>();

  /** Adds a resource, with what closes it. */
  <T> T add(T resource, Consumer<T> close) {
    made.push(() -> close.accept(resource));
    return resource;
  }

  /** One daemon thread. */
  ScheduledExecutorService newScheduler() {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(1, new DaemonThreads("rolecall-attestation-"));
    scheduler.setRemoveOnCancelPolicy(true);
    made.push(scheduler::shutdown);
    return scheduler;
  }

  /** Closes all of it, whatever some of it throws; a second time nothing. */
  void closeAll() {
    Runnable last = made.poll();
    if (last != null) {
      try {
        last.run();
      } finally {
        closeAll();
      }
    }
  }
}
