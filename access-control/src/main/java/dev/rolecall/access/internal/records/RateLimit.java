package dev.rolecall.access.internal.records;

import java.time.Clock;
import java.time.Duration;

/**
 * At most so many events a window; counts what it leaves out. For what an attacker makes this
 * server write, never for a decision.
 */
public final class RateLimit {

  private final Clock clock;
  private final int permits;
  private final long windowMillis;
  private long windowStart;
  private int used;
  private long leftOut;

  /** No event yet, of so many in each window. */
  public RateLimit(Clock clock, int permits, Duration window) {
    this.clock = clock;
    this.permits = permits;
    this.windowMillis = window.toMillis();
    this.windowStart = clock.millis();
  }

  /**
   * Takes a permit: how many events were left out since the last one that got one, or -1 if this
   * one is to be left out too.
   */
  public synchronized long take() {
    long now = clock.millis();
    // A clock that was set back opens a window too: it must not close the log for hours.
    if (now - windowStart >= windowMillis || now < windowStart) {
      windowStart = now;
      used = 0;
    }
    if (used >= permits) {
      leftOut++;
      return -1;
    }
    used++;
    long missed = leftOut;
    leftOut = 0;
    return missed;
  }
}
