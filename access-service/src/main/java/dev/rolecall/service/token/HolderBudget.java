package dev.rolecall.service.token;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The bound on the tokens that one party asks for at one node: {@value #MOST} at once, and then one
 * for each half second. Each token is a durable write and a signature. A refused question counts
 * too. The parties of late are known, {@value #PARTIES} at most; one that is forgotten has rested.
 * Safe for use by many threads; never blocks.
 */
final class HolderBudget {

  static final int MOST = 120;

  private static final int PARTIES = 10_000;
  private static final long NANOS_OF_ONE = Duration.ofMillis(500).toNanos();
  private static final long NANOS_OF_ALL = MOST * NANOS_OF_ONE;

  private final LongSupplier ticker;

  /**
   * By party, the time at which its budget is whole again; the party that asked last comes last.
   */
  private final Map<String, Long> wholeAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > PARTIES;
        }
      };

  HolderBudget(LongSupplier ticker) {
    this.ticker = requireNonNull(ticker, "ticker");
  }

  /** Takes one, if there is one. */
  synchronized boolean tryTake(String party) {
    long now = ticker.getAsLong();
    // Compared by difference: a ticker may wrap.
    long ahead = Math.max(0, wholeAt.getOrDefault(party, now) - now) + NANOS_OF_ONE;
    if (ahead > NANOS_OF_ALL) {
      return false;
    }
    wholeAt.put(party, now + ahead);
    return true;
  }
}
