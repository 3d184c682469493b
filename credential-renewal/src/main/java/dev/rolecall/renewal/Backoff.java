package dev.rolecall.renewal;

import dev.rolecall.renewal.RenewalFailure.Pause;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The pause after a failure: 1 second, doubled with each further failure up to the longest that the
 * failure allows, less up to half of it by chance, so that clients which failed together do not
 * come back together. Never less than the failure asks for. By elapsed time: a wall clock set back
 * must not prolong it. Guarded by its owner's lock.
 */
final class Backoff {

  private static final long FIRST = Duration.ofSeconds(1).toNanos();

  /** Some 17 minutes: more than any pause may last. */
  private static final int MAX_DOUBLINGS = 10;

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

  void failed(Pause pause) {
    long longest = Math.min(FIRST << Math.min(failures, MAX_DOUBLINGS), pause.longest().toNanos());
    long jittered = longest - (long) (longest / 2.0 * random.getAsDouble());
    until = ticker.getAsLong() + Math.max(jittered, pause.least().toNanos());
    failures++;
  }

  void succeeded() {
    failures = 0;
  }
}
