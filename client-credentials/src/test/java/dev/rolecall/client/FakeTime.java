package dev.rolecall.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock and a ticker that move only when told to, together or apart. */
final class FakeTime extends Clock {

  static final Instant START = Instant.parse("2026-11-21T22:18:45Z");

  private Instant now = START;
  private long nanos = Long.MAX_VALUE - 1_000;

  synchronized void advance(Duration by) {
    now = now.plus(by);
    nanos += by.toNanos();
  }

  synchronized void setWall(Instant instant) {
    now = instant;
  }

  synchronized long nanos() {
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
    throw new UnsupportedOperationException();
  }
}
