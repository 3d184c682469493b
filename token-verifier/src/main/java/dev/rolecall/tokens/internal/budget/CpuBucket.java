package dev.rolecall.tokens.internal.budget;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * CPU time that comes back with time: so many nanoseconds a second, and as many at once after a
 * rest. Safe for use by many threads.
 *
 * <p>Its whole state is the time at which it will be full again.
 */
final class CpuBucket {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long perSecond;
  private final LongSupplier ticker;

  /** In the past while the bucket is full. Compared by difference: a ticker may wrap. */
  private final AtomicLong fullAt;

  /**
   * A full bucket.
   *
   * @param perSecond nanoseconds of CPU time a second, at least 1
   */
  CpuBucket(long perSecond, LongSupplier ticker) {
    this.perSecond = perSecond;
    this.ticker = ticker;
    this.fullAt = new AtomicLong(ticker.getAsLong());
  }

  /** Takes that much, if it is there. */
  boolean tryTake(long cpu) {
    long takes = Math.multiplyHigh(cpu, SECOND) == 0 ? cpu * SECOND / perSecond : Long.MAX_VALUE;
    long now = ticker.getAsLong();
    while (true) {
      long before = fullAt.get();
      long busy = Math.max(0, before - now);
      if (takes > SECOND - busy) {
        return false;
      }
      if (fullAt.compareAndSet(before, now + busy + takes)) {
        return true;
      }
    }
  }

  /** Gives back what was taken. */
  void giveBack(long cpu) {
    fullAt.addAndGet(-(cpu * SECOND / perSecond));
  }
}
