package dev.rolecall.grants.internal.verify;

import dev.rolecall.jwt.key.KeySet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The verdicts on tokens that were verified lately. Safe for use by many threads.
 *
 * <table>
 *   <caption>What is remembered</caption>
 *   <tr><th>key</th><th>at most</th><th>until</th><th>forgotten early</th></tr>
 *   <tr><td>the SHA-256 of the token</td><td>10,000</td><td>ten minutes after its end; of a forged one a
 *       minute</td><td>with other keys, all of them</td></tr>
 * </table>
 */
final class Verdicts {

  static final int MOST = 10_000;

  /** An ended token is remembered as one, so that a clock that is set back does not revive it. */
  private static final long AFTER_END = Duration.ofMinutes(10).toNanos();

  private static final long REFUSED_FOR = Duration.ofMinutes(1).toNanos();

  /** A verdict with the keys it was made by. */
  private record Kept(TokenVerdict verdict, KeySet keys, long untilTicks) {}

  private final Map<String, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > MOST;
        }
      };

  /** The verdict on the token of that digest by those keys. */
  synchronized Optional<TokenVerdict> of(String digest, KeySet keys, long ticks) {
    Kept found = kept.get(digest);
    if (found == null) {
      return Optional.empty();
    }
    if (found.keys() != keys || found.untilTicks() - ticks <= 0) {
      kept.remove(digest);
      return Optional.empty();
    }
    return Optional.of(found.verdict());
  }

  synchronized void keep(String digest, KeySet keys, TokenVerdict verdict, long ticks) {
    long until =
        verdict instanceof TokenVerdict.Genuine genuine
            ? genuine.endTicks() + AFTER_END
            : ticks + REFUSED_FOR;
    kept.put(digest, new Kept(verdict, keys, until));
  }
}
