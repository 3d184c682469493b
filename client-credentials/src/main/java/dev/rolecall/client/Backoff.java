package dev.rolecall.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The pause after a failure: 1 second, doubled with each further failure up to 8, less up to half
 * of it by chance, so that clients which failed together do not come back together. By elapsed
 * time: a wall clock set back must not prolong it. Guarded by its owner's lock.
 */
final class Backoff {

  private static final long FIRST = Duration.ofSeconds(1).toNanos();
  private static final int MAX_DOUBLINGS = 3;

  private final LongSupplier ticker;
  private final DoubleSupplier random;
  private int failures;
  private long until;

  Backoff(LongSupplier ticker, DoubleSupplier random) {
    this.ticker = ticker;
    this.random = random;
  }

  /** Whether another attempt may begin. */
  boolean isOver() {
    return failures == 0 || ticker.getAsLong() - until >= 0;
  }

  void failed() {
    long longest = FIRST << Math.min(failures, MAX_DOUBLINGS);
    until = ticker.getAsLong() + longest - (long) (longest / 2.0 * random.getAsDouble());
    failures++;
  }

  void succeeded() {
    failures = 0;
  }
}
