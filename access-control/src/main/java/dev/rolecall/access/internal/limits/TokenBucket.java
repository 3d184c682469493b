package dev.rolecall.access.internal.limits;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Permits that come back with time: so many a second, and so many at once after a rest. Safe for
 * use by many threads.
 *
 * <p>Its whole state is the time at which it will be full again. Each permit taken moves that time
 * on by what one permit takes to come back, and it may not lie further ahead than a full bucket
 * takes to come back.
 */
public final class TokenBucket {

  private final Rate rate;
  private final LongSupplier ticker;

  /** In the past while the bucket is full. Compared by difference: a ticker may wrap. */
  private final AtomicLong fullAt;

  /**
   * A full bucket.
   *
   * @param ticker elapsed time in nanoseconds
   */
  public TokenBucket(Rate rate, LongSupplier ticker) {
    this.rate = requireNonNull(rate, "rate");
    this.ticker = requireNonNull(ticker, "ticker");
    this.fullAt = new AtomicLong(ticker.getAsLong());
  }

  /** Takes a permit, if there is one. */
  public boolean tryTake() {
    long now = ticker.getAsLong();
    while (true) {
      long before = fullAt.get();
      long after = (before - now > 0 ? before : now) + rate.nanosOfOne();
      if (after - now > rate.nanosOfAll()) {
        return false;
      }
      if (fullAt.compareAndSet(before, after)) {
        return true;
      }
    }
  }

  /** Whether there is a permit. */
  boolean has() {
    return !lacks(rate.burst());
  }

  /** Whether so many permits, or more, have been taken that are not back yet. */
  boolean lacks(int permits) {
    return fullAt.get() - ticker.getAsLong() > (permits - 1) * rate.nanosOfOne();
  }

  /**
   * Gives a permit back that was taken. Given back when time has refilled the bucket already, it is
   * one more than time alone would allow; the bucket never holds more than it can.
   */
  public void giveBack() {
    fullAt.addAndGet(-rate.nanosOfOne());
  }

  /** Gives half of a permit back, in the same way. */
  void giveHalfBack() {
    fullAt.addAndGet(-(rate.nanosOfOne() / 2));
  }

  /**
   * The speed at which permits come back, and the number that a bucket holds.
   *
   * @param perSecond at least 1
   * @param burst at least 1
   */
  public record Rate(int perSecond, int burst) {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if one is less
     */
    public Rate {
      if (perSecond < 1) {
        throw InvalidValue.of("perSecond", Integer.toString(perSecond), "at least 1");
      }
      if (burst < 1) {
        throw InvalidValue.of("burst", Integer.toString(burst), "at least 1");
      }
    }

    long nanosOfOne() {
      return TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** So many times as fast, and as many. */
    Rate times(int factor) {
      return new Rate(saturated((long) perSecond * factor), saturated((long) burst * factor));
    }

    private static int saturated(long value) {
      return (int) Math.min(value, Integer.MAX_VALUE);
    }

    /** How long an empty bucket takes to fill. */
    long nanosOfAll() {
      return nanosOfOne() * burst;
    }
  }
}
