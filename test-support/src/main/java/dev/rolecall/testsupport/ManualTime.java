package dev.rolecall.testsupport;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A wall clock and a ticker that move only when a test moves them, together or apart. Safe for use
 * by many threads.
 */
public final class ManualTime extends Clock {

  /** The time that shows unless a test names another. */
  public static final Instant START = Instant.parse("2026-11-21T22:18:45Z");

  private Instant now;

  /**
   * The ticker. It begins close to the largest value, since comparisons must survive its overflow,
   * and is even, since Caffeine drops the lowest bit.
   */
  private long nanos = Long.MAX_VALUE - 999;

  /** A time that shows {@link #START}. */
  public ManualTime() {
    this(START);
  }

  /** A time that shows that instant. */
  public ManualTime(Instant start) {
    this.now = requireNonNull(start, "start");
  }

  /** Moves the clock and the ticker on; back if it is negative. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
    nanos += by.toNanos();
  }

  /** Sets the wall clock alone, as a person or NTP does. */
  public synchronized void setClock(Instant to) {
    now = requireNonNull(to, "to");
  }

  /** The ticker, in nanoseconds. */
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("tests go by UTC");
  }
}
