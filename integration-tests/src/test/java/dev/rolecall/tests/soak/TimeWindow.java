package dev.rolecall.tests.soak;

import java.time.Duration;

/**
 * The times at which a condition held. Its effects may show for a while after it has ended: it
 * lingers. Safe for use by many threads.
 */
final class TimeWindow {

  private final long lingersNanos;
  private int active;
  private boolean everEnded;
  private long ended;

  TimeWindow(Duration lingers) {
    this.lingersNanos = lingers.toNanos();
  }

  /** The condition holds from now on, once more. */
  synchronized void begin() {
    active++;
  }

  /** The condition holds once less. */
  synchronized void end() {
    active--;
    everEnded = true;
    ended = System.nanoTime();
  }

  /** Whether it may have mattered at any time since then, by {@link System#nanoTime}. */
  synchronized boolean touched(long since) {
    return active > 0 || (everEnded && ended + lingersNanos - since >= 0);
  }
}
