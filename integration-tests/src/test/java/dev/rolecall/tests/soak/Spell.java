package dev.rolecall.tests.soak;

import java.time.Duration;

/**
 * Times at which something was the case. What it caused may show for a while after it has ended: so
 * long it lingers. Safe for use by many threads.
 */
final class Spell {

  private final long lingersNanos;
  private int active;
  private boolean everEnded;
  private long ended;

  Spell(Duration lingers) {
    this.lingersNanos = lingers.toNanos();
  }

  /** It is the case from now on, once more. */
  synchronized void begin() {
    active++;
  }

  /** Once less. */
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
