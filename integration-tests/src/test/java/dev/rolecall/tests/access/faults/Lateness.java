package dev.rolecall.tests.access.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The lateness of a bare timer on this machine, which is busy. A bound is held for as much longer.
 */
final class Lateness implements AutoCloseable {

  private static final long PERIOD = RunTime.millis(10);

  /** Less is the timer's own. */
  private static final long LEAST = RunTime.millis(2);

  private record Late(long due, long by) {}

  private final RunTime time;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

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
    var unused =
        lateness.timer.scheduleAtFixedRate(lateness::tick, 0, PERIOD, TimeUnit.NANOSECONDS);
    return lateness;
  }

  private synchronized void tick() {
    long now = time.now();
    if (now - due > LEAST) {
      seen.add(new Late(due, now - due));
    }
    // After a long pause the timer makes up for all the ticks that it owes.
    due = Math.max(due + PERIOD, now - PERIOD);
  }

  /** The most of any timer that was due between those times. */
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
  }
}
