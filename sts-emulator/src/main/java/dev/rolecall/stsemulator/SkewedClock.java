package dev.rolecall.stsemulator;

import java.time.Duration;
import java.time.Instant;

/** The true answer by a wrong clock. */
final class SkewedClock extends Fault {

  private final Duration offset;

  SkewedClock(Duration offset) {
    super("clock skew " + offset);
    this.offset = offset;
  }

  @Override
  Instant judgedAt(Instant now) {
    return now.plus(offset);
  }

  @Override
  boolean keepsVerdict() {
    return true;
  }
}
