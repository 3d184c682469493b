package dev.rolecall.verifier.internal.sts;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The pause between two questions to an endpoint that does not answer: 1 second, doubled each time
 * up to 30, less up to half of it by chance, so that the servers of a fleet do not ask together.
 * Guarded by its owner's lock.
 */
final class CircuitPause {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final LongSupplier ticker;
  private final RandomGenerator random;
  private Duration ceiling = Duration.ZERO;
  private long until;

  CircuitPause(LongSupplier ticker, RandomGenerator random) {
    this.ticker = ticker;
    this.random = random;
  }

  /** Begins the next pause. */
  void begin() {
    Duration doubled = ceiling.isZero() ? FIRST : ceiling.multipliedBy(2);
    ceiling = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    long least = ceiling.dividedBy(2).toNanos();
    until = ticker.getAsLong() + ceiling.toNanos() - random.nextLong(least + 1);
  }

  /** The next pause is the first one again. */
  void reset() {
    ceiling = Duration.ZERO;
  }

  /** How much of it is left; zero when it is over. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, until - ticker.getAsLong()));
  }

  /** How long it is at most. */
  Duration ceiling() {
    return ceiling;
  }
}
