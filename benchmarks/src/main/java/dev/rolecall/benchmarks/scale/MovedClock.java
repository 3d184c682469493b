package dev.rolecall.benchmarks.scale;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that can be put forward, so that proofs grow old within a run. Thread-safe. */
final class MovedClock extends Clock {

  private final Clock real;
  private volatile Duration ahead = Duration.ZERO;

  MovedClock(Clock real) {
    this.real = requireNonNull(real, "real");
  }

  /** Puts it forward. For one thread. */
  void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  @Override
  public Instant instant() {
    return real.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("a zone: nobody asks for one");
  }
}
