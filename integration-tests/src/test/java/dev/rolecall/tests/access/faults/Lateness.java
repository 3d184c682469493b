package dev.rolecall.tests.access.faults;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The lateness of a bare timer on this machine, and of a bare piece of work of 10 ms, four times a
 * second. Each bound is longer by what these show.
 */
final class Lateness implements AutoCloseable {

  private static final long PERIOD = RunTime.millis(10);

  /** Less is the timer's own. */
  private static final long LEAST = RunTime.millis(2);

  private static final long WORK = RunTime.millis(10);
  private static final long WORK_PERIOD = RunTime.millis(250);

  private record Late(long due, long by) {}

  private final RunTime time;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();

  // Guarded by this object.
  private final List<Late> seen = new ArrayList<>();
  private long due;

  private Lateness(RunTime time) {
    this.time = time;
  }

  /** Measures from now on. */
  static Lateness watch(RunTime time) {
    Lateness lateness = new Lateness(time);
    lateness.due = time.now();
    repeat(lateness.timer, PERIOD, lateness::tick);
    repeat(lateness.worker, WORK_PERIOD, lateness::work);
    return lateness;
  }

  private static void repeat(ScheduledExecutorService thread, long period, Runnable task) {
    var unused = thread.scheduleAtFixedRate(task, 0, period, TimeUnit.NANOSECONDS);
  }

  /** Works until it has had the processor for so long. */
  private void work() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long from = time.now();
    long had = threads.getCurrentThreadCpuTime();
    while (threads.getCurrentThreadCpuTime() - had < WORK) {
      Thread.onSpinWait();
    }
    synchronized (this) {
      seen.add(new Late(from, Math.max(0, time.now() - from - WORK)));
    }
  }

  private synchronized void tick() {
    long now = time.now();
    if (now - due > LEAST) {
      seen.add(new Late(due, now - due));
    }
    // After a long pause the timer makes up for all the ticks that it owes.
    due = Math.max(due + PERIOD, now - PERIOD);
  }

  /** The most of any that was due between those times. */
  synchronized long most(long from, long to) {
    return seen.stream()
        .filter(late -> late.due() <= to && late.due() + late.by() >= from)
        .mapToLong(Late::by)
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    worker.shutdownNow();
  }
}
