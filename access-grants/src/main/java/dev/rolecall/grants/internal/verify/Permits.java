package dev.rolecall.grants.internal.verify;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The checks of signatures that a caller may have in vain: five at once, and one a second; and 50
 * of all callers together. A check that finds a good signature costs nothing. So a caller that
 * forges tokens takes neither the processor nor the checks of others.
 *
 * <p>Safe for use by many threads. Remembers the 10,000 callers that were seen last.
 */
final class Permits {

  private static final int MOST_CALLERS = 10_000;
  private static final long EACH_OF_ONE = Duration.ofSeconds(1).toNanos();
  private static final long MOST_OF_ONE = Duration.ofSeconds(5).toNanos();
  private static final long EACH_OF_ALL = Duration.ofMillis(20).toNanos();
  private static final long MOST_OF_ALL = Duration.ofSeconds(1).toNanos();

  private final LongSupplier ticker;

  /** When the caller's permits will be whole again. Compared by difference: a ticker may wrap. */
  private final Map<String, Long> wholeAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_CALLERS;
        }
      };

  private long allWholeAt;

  Permits(LongSupplier ticker) {
    this.ticker = ticker;
    this.allWholeAt = ticker.getAsLong();
  }

  /** Takes a permit; false if there is none. */
  synchronized boolean tryTake(String caller) {
    long now = ticker.getAsLong();
    long own = later(wholeAt.getOrDefault(caller, now), now) + EACH_OF_ONE;
    long all = later(allWholeAt, now) + EACH_OF_ALL;
    if (own - now > MOST_OF_ONE || all - now > MOST_OF_ALL) {
      return false;
    }
    wholeAt.put(caller, own);
    allWholeAt = all;
    return true;
  }

  /** Gives a permit back. */
  synchronized void giveBack(String caller) {
    wholeAt.computeIfPresent(caller, (name, at) -> at - EACH_OF_ONE);
    allWholeAt -= EACH_OF_ALL;
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }
}
