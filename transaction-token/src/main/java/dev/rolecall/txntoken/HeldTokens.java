package dev.rolecall.txntoken;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.internal.WeakSlots;
import dev.rolecall.jwt.key.KeySet;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that are used again. Safe for use by many threads; never blocks for a signature.
 *
 * <table>
 *   <caption>The cache</caption>
 *   <tr><th>key</th><th>bound</th><th>life</th><th>on failure</th></tr>
 *   <tr><td>the caller, all of it, with the service and the address</td>
 *       <td>16 MiB of tokens, each counted as its text and 1 KiB</td>
 *       <td>half of the token's, by the clock and in elapsed time</td><td>nothing is kept</td></tr>
 * </table>
 */
final class HeldTokens {

  static final long MOST_BYTES = 16 * 1_048_576L;

  private static final int OVERHEAD = 1_024;

  /** The slots in front of the cache: to hash a caller costs as much as the rest of a hit. */
  private static final int SLOTS = 16_384;

  /**
   * The token that a caller had last.
   *
   * @param until the end of its reuse, by the ticker
   */
  private record Recent(Audience scope, HeldToken held, long until) {}

  private final Cache<TokenContent, HeldToken> tokens;
  private final WeakSlots<Caller, Recent> recent = new WeakSlots<>(SLOTS);
  private final LongSupplier ticker;

  /**
   * Nothing held yet.
   *
   * @param mostBytes the bound: {@link #MOST_BYTES}, but for a test
   */
  HeldTokens(LongSupplier ticker, long mostBytes) {
    this.ticker = ticker;
    // Maintenance runs on the calling thread: it is short, and no thread pool is borrowed for it.
    this.tokens =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(ticker::getAsLong)
            .maximumWeight(mostBytes)
            .<TokenContent, HeldToken>weigher(
                (content, held) -> OVERHEAD + held.token.text().length())
            .expireAfter(Expiry.<TokenContent, HeldToken>writing((content, held) -> life(held)))
            .build();
  }

  private static Duration life(HeldToken held) {
    return held.reuse();
  }

  /** The token that this very caller had last for that service, if it may be used again. */
  @Nullable TransactionToken recent(Caller caller, Audience scope, Instant now, KeySet published) {
    Recent last = recent.get(caller);
    return last != null
            && last.scope().equals(scope)
            && ticker.getAsLong() - last.until() < 0
            && last.held().isGood(now, published)
        ? last.held().token
        : null;
  }

  /** The token of that content, if it may be used again. */
  @Nullable TransactionToken get(TokenContent content, Instant now, KeySet published) {
    HeldToken held = tokens.getIfPresent(content);
    return held != null && held.isGood(now, published) ? held.token : null;
  }

  /** The caller had that token now, which was made now: it need not be searched for again. */
  void had(Caller caller, Audience scope, HeldToken made) {
    recent.put(caller, new Recent(scope, made, ticker.getAsLong() + made.reuse().toNanos()));
  }

  /**
   * Keeps a token that was made. Of several that were made at once, the first is kept.
   *
   * @return the token that is kept
   */
  TransactionToken keep(TokenContent content, HeldToken made, Instant now, KeySet published) {
    return tokens
        .asMap()
        .merge(content, made, (held, later) -> held.isGood(now, published) ? held : later)
        .token;
  }

  /** How many are held. */
  long count() {
    tokens.cleanUp();
    return tokens.estimatedSize();
  }
}
