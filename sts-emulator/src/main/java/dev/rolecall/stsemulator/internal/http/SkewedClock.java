package dev.rolecall.stsemulator.internal.http;

import java.time.Duration;
import java.time.Instant;

/** The true answer at the time of a wrong clock. */
public final class SkewedClock extends AnswerFault {

  private final Duration offset;

  /** A clock that is ahead by that time; behind if it is negative. */
  public SkewedClock(Duration offset) {
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
