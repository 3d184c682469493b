package dev.rolecall.access.lookup;

import dev.rolecall.identity.internal.Range;

/**
 * The most that a cache may hold: entries and, by estimate, bytes of heap.
 *
 * @param entries 1 to 10,000,000
 * @param bytes at least 1,024 an entry on average is wise; 1 KiB to 64 GiB
 */
public record CacheBound(long entries, long bytes) {

  private static final long MOST_ENTRIES = 10_000_000;
  private static final long LEAST_BYTES = 1L << 10;
  private static final long MOST_BYTES = 64L << 30;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public CacheBound {
    Range.check("entries", entries, 1L, MOST_ENTRIES);
    Range.check("bytes", bytes, LEAST_BYTES, MOST_BYTES);
  }

  /** So small a part of it, but no less than a bound may be. */
  CacheBound part(int divisor) {
    return new CacheBound(Math.max(1, entries / divisor), Math.max(LEAST_BYTES, bytes / divisor));
  }

  /**
   * What an entry of that size counts: never less than its share of the whole, so that the one
   * bound on weight that Caffeine knows holds entries and bytes at once.
   */
  int weight(long size) {
    return (int) Math.min(Math.max(size, bytes / entries), Integer.MAX_VALUE);
  }
}
