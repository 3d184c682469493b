package dev.rolecall.grants.internal.verify;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.limits.TokenBucket;
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
  private static final TokenBucket.Rate OF_ONE = new TokenBucket.Rate(1, 5);
  private static final TokenBucket.Rate OF_ALL = new TokenBucket.Rate(50, 50);

  private final LongSupplier ticker;
  private final TokenBucket ofAll;

  /** Guarded by itself. One that is forgotten has rested, or is one of too many. */
  private final Map<String, TokenBucket> ofCallers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
          return size() > MOST_CALLERS;
        }
      };

  Permits(LongSupplier ticker) {
    this.ticker = requireNonNull(ticker, "ticker");
    this.ofAll = new TokenBucket(OF_ALL, ticker);
  }

  /** Takes a permit; false if there is none. */
  boolean tryTake(String caller) {
    TokenBucket own = of(caller);
    if (!own.tryTake()) {
      return false;
    }
    if (ofAll.tryTake()) {
      return true;
    }
    own.giveBack();
    return false;
  }

  /** Gives a permit back. */
  void giveBack(String caller) {
    of(caller).giveBack();
    ofAll.giveBack();
  }

  private TokenBucket of(String caller) {
    synchronized (ofCallers) {
      return ofCallers.computeIfAbsent(caller, unused -> new TokenBucket(OF_ONE, ticker));
    }
  }
}
