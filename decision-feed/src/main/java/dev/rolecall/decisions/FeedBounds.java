package dev.rolecall.decisions;

import dev.rolecall.identity.internal.Range;

/**
 * The bounds of what a feed keeps. Immutable.
 *
 * @param records the last records of refusals, ends and differences: 1 to 1,000, 200 by default
 * @param counts counts by method, outcome and reason: 10 to 10,000, 2,000 by default
 * @param calls different calls of the last hour: 10 to 20,000, 5,000 by default. One takes some 300
 *     bytes of heap, and its caller's attributes
 * @param watchers streams of news at once: 1 to 100, 16 by default
 */
public record FeedBounds(int records, int counts, int calls, int watchers) {

  private static final int MOST_RECORDS = 1_000;
  private static final int MOST_COUNTS = 10_000;
  private static final int MOST_CALLS = 20_000;
  private static final int MOST_WATCHERS = 100;
  private static final int FEWEST_PLACES = 10;

  private static final FeedBounds DEFAULTS = new FeedBounds(200, 2_000, 5_000, 16);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a bound is out of its range
   */
  public FeedBounds {
    Range.check("records", records, 1, MOST_RECORDS);
    Range.check("counts", counts, FEWEST_PLACES, MOST_COUNTS);
    Range.check("calls", calls, FEWEST_PLACES, MOST_CALLS);
    Range.check("watchers", watchers, 1, MOST_WATCHERS);
  }

  /** The defaults. */
  public static FeedBounds ofDefaults() {
    return DEFAULTS;
  }

  /** The same with so many records. */
  public FeedBounds withRecords(int records) {
    return new FeedBounds(records, counts, calls, watchers);
  }

  /** The same with so many counts. */
  public FeedBounds withCounts(int counts) {
    return new FeedBounds(records, counts, calls, watchers);
  }

  /** The same with so many different calls. */
  public FeedBounds withCalls(int calls) {
    return new FeedBounds(records, counts, calls, watchers);
  }

  /** The same with so many streams. */
  public FeedBounds withWatchers(int watchers) {
    return new FeedBounds(records, counts, calls, watchers);
  }
}
