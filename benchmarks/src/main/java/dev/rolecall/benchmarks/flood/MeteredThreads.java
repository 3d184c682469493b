package dev.rolecall.benchmarks.flood;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** As many threads as look-ups have by default, and the CPU time that their tasks took. */
final class MeteredThreads implements Executor {

  private static final int THREADS = 2;

  private final ThreadMXBean usage = ManagementFactory.getThreadMXBean();
  private final AtomicLong nanos = new AtomicLong();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "look-ups");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public void execute(Runnable task) {
    threads.execute(
        () -> {
          long before = usage.getCurrentThreadCpuTime();
          try {
            task.run();
          } finally {
            nanos.addAndGet(usage.getCurrentThreadCpuTime() - before);
          }
        });
  }

  /** The CPU time of all tasks that are over. */
  long cpuNanos() {
    return nanos.get();
  }
}
