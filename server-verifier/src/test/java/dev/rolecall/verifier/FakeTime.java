package dev.rolecall.verifier;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock and a ticker that move when told to; apart, where a test sets the clock. */
public final class FakeTime extends Clock {

  private Instant now;
  private long nanos = 1_000;

  /** A time that begins at that instant. */
  public FakeTime(Instant now) {
    this.now = now;
  }

  /** Both move on. */
  public void advance(Duration by) {
    now = now.plus(by);
    nanos += by.toNanos();
  }

  /** The wall clock alone is set. */
  public void setClock(Instant to) {
    now = to;
  }

  /** Elapsed nanoseconds. */
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
