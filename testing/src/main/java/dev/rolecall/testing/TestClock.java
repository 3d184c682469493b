package dev.rolecall.testing;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The system's clock and ticker, ahead by as much as a test has advanced them. Both go on by
 * themselves, so that limits and pauses work as in production. Safe for use by many threads.
 */
public final class TestClock extends Clock {

  private final Clock wall;
  private final LongSupplier ticker;
  private final AtomicLong ahead;

  /** A clock that shows the system's time until it is advanced. */
  public TestClock() {
    this(Clock.systemUTC(), System::nanoTime, new AtomicLong());
  }

  private TestClock(Clock wall, LongSupplier ticker, AtomicLong ahead) {
    this.wall = wall;
    this.ticker = ticker;
    this.ahead = ahead;
  }

  /**
   * Moves the clock and the ticker on.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("advance: " + by + " (expected: not negative)");
    }
    ahead.addAndGet(by.toNanos());
  }

  /** Elapsed time in nanoseconds, from any origin. */
  public long nanos() {
    return ticker.getAsLong() + ahead.get();
  }

  @Override
  public Instant instant() {
    return wall.instant().plusNanos(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return wall.getZone();
  }

  /** The same time in another zone. The two are advanced together. */
  @Override
  public Clock withZone(ZoneId zone) {
    return new TestClock(wall.withZone(requireNonNull(zone, "zone")), ticker, ahead);
  }
}
