package dev.rolecall.decisions;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A count of the last hour, in twelve buckets of five minutes: what falls out of it leaves within
 * five minutes before the hour is over. Safe for use by many threads; takes no lock.
 *
 * <p>Each cell holds the number of its five minutes since 1970 above, and the count below. So a
 * cell that comes round again starts anew with one comparison, and no thread has to sweep.
 */
final class HourCount {

  static final Duration BUCKET = Duration.ofMinutes(5);
  static final int BUCKETS = 12;

  private static final long MILLIS = BUCKET.toMillis();
  private static final int COUNT_BITS = 36;
  private static final long MOST = (1L << COUNT_BITS) - 1;

  private final AtomicLongArray cells = new AtomicLongArray(BUCKETS);

  /** The number of the five minutes that hold that time. */
  static long bucketOf(long epochMillis) {
    return Math.max(0, epochMillis / MILLIS);
  }

  /** The start of the oldest five minutes that count at that time, in milliseconds of the epoch. */
  static long startMillis(long epochMillis) {
    return (bucketOf(epochMillis) - BUCKETS + 1) * MILLIS;
  }

  /** Counts so many at that time. */
  void add(long epochMillis, long number) {
    long bucket = bucketOf(epochMillis);
    long added = Math.min(number, MOST);
    cells.updateAndGet((int) (bucket % BUCKETS), cell -> grown(cell, bucket, added));
  }

  private static long grown(long cell, long bucket, long added) {
    long before = cell >>> COUNT_BITS == bucket ? cell & MOST : 0;
    return bucket << COUNT_BITS | Math.min(MOST, before + added);
  }

  /**
   * The count of the hour that ends at that time. Where the clock was set back, what lies ahead of
   * it by less than an hour counts too.
   */
  long sum(long epochMillis) {
    long now = bucketOf(epochMillis);
    long sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      long cell = cells.get(i);
      sum += Math.abs((cell >>> COUNT_BITS) - now) < BUCKETS ? cell & MOST : 0;
    }
    return sum;
  }
}
