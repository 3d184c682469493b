package dev.rolecall.service.store.sqlite;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The store's time: the wall clock's, but never a step back. While the wall clock is behind, time
 * goes on by the ticker: it neither revives what has ended, nor stands still and prolongs what has
 * not. A wall clock that jumps ahead and back leaves the store ahead. Safe for use by many threads.
 */
final class StoreClock {

  private final Clock wall;
  private final LongSupplier ticker;
  private long anchorMillis;
  private long anchorTicks;

  /**
   * A clock.
   *
   * @param notBefore the last time that the store has kept
   */
  StoreClock(Clock wall, LongSupplier ticker, long notBefore) {
    this.wall = requireNonNull(wall, "wall");
    this.ticker = requireNonNull(ticker, "ticker");
    this.anchorMillis = Math.max(wall.millis(), notBefore);
    this.anchorTicks = ticker.getAsLong();
  }

  /** Milliseconds of the epoch. */
  synchronized long millis() {
    // The wall clock first: a thread that is held up between the two is behind, and never ahead.
    long now = wall.millis();
    long ticks = ticker.getAsLong();
    long passed = anchorMillis + TimeUnit.NANOSECONDS.toMillis(ticks - anchorTicks);
    if (now > passed) {
      anchorMillis = now;
      anchorTicks = ticks;
      return now;
    }
    return passed;
  }
}
