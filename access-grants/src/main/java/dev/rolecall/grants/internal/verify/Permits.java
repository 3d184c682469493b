package dev.rolecall.grants.internal.verify;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.limits.TokenBucket;
import dev.rolecall.grants.token.TokenHolder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The checks of signatures that may be in vain: of a principal five at once, and one a second; and
 * 50 a second of all principals together. A check that finds a good signature costs nothing. So
 * forged tokens do not take the processor.
 *
 * <p>Nor do they take the checks of others. Two kinds of callers have 25 a second of their own:
 *
 * <ul>
 *   <li>principals without a check in vain within the last minute. A crowd of forgers can take
 *       these for seconds, until each has been found out;
 *   <li>holders whose last check was good. They need no permit of their principal's, since a forger
 *       may share a role with them.
 * </ul>
 *
 * <p>Safe for use by many threads. Remembers the 10,000 principals and the 10,000 holders that were
 * seen last.
 */
final class Permits {

  private static final int MOST = 10_000;
  private static final long SUSPECTED_FOR = Duration.ofMinutes(1).toNanos();
  private static final TokenBucket.Rate OF_ONE = new TokenBucket.Rate(1, 5);
  private static final TokenBucket.Rate OF_ALL = new TokenBucket.Rate(50, 50);
  private static final TokenBucket.Rate OF_OTHERS = new TokenBucket.Rate(25, 25);

  private final LongSupplier ticker;
  private final TokenBucket ofAll;
  private final TokenBucket ofUnsuspected;
  private final TokenBucket ofProven;

  /** Guarded by this. One that is forgotten has rested, or is one of too many. */
  private final Map<String, Payer> principals = new Newest<>();

  /** Guarded by this: the holders whose last check was good. */
  private final Map<TokenHolder, TokenBucket> proven = new Newest<>();

  Permits(LongSupplier ticker) {
    this.ticker = requireNonNull(ticker, "ticker");
    this.ofAll = new TokenBucket(OF_ALL, ticker);
    this.ofUnsuspected = new TokenBucket(OF_OTHERS, ticker);
    this.ofProven = new TokenBucket(OF_OTHERS, ticker);
  }

  /**
   * Takes a permit; null if there is none.
   *
   * @param principal the proven one that brings the token
   * @param holder the holder in the token, as which the caller is known
   */
  @Nullable Permit take(String principal, TokenHolder holder) {
    Payer payer;
    TokenBucket ofHolder;
    synchronized (this) {
      payer = principals.computeIfAbsent(principal, name -> new Payer(bucket()));
      ofHolder = proven.get(holder);
    }
    boolean suspected = payer.isSuspected(ticker.getAsLong());
    if (payer.bucket.tryTake()) {
      if (ofAll.tryTake()) {
        return new Permit(holder, payer, payer.bucket, ofAll);
      }
      if (!suspected && ofUnsuspected.tryTake()) {
        return new Permit(holder, payer, payer.bucket, ofUnsuspected);
      }
      payer.bucket.giveBack();
    }
    if (ofHolder != null && ofHolder.tryTake()) {
      if (ofProven.tryTake()) {
        return new Permit(holder, payer, ofHolder, ofProven);
      }
      ofHolder.giveBack();
    }
    return null;
  }

  private TokenBucket bucket() {
    return new TokenBucket(OF_ONE, ticker);
  }

  /** One check, which ends as good or in vain. */
  final class Permit {

    private final TokenHolder holder;
    private final Payer payer;
    private final TokenBucket own;
    private final TokenBucket common;

    private Permit(TokenHolder holder, Payer payer, TokenBucket own, TokenBucket common) {
      this.holder = holder;
      this.payer = payer;
      this.own = own;
      this.common = common;
    }

    /** The signature is good: the check costs nothing. */
    void good() {
      own.giveBack();
      common.giveBack();
      synchronized (Permits.this) {
        proven.computeIfAbsent(holder, fresh -> bucket());
      }
    }

    /** The signature is not. */
    void inVain() {
      payer.suspect(ticker.getAsLong());
      synchronized (Permits.this) {
        proven.remove(holder);
      }
    }
  }

  /** A principal, as checks are taken from it. */
  private static final class Payer {

    final TokenBucket bucket;
    private volatile boolean suspected;
    private volatile long suspectedAt;

    Payer(TokenBucket bucket) {
      this.bucket = bucket;
    }

    void suspect(long ticks) {
      suspectedAt = ticks;
      suspected = true;
    }

    boolean isSuspected(long ticks) {
      return suspected && ticks - suspectedAt < SUSPECTED_FOR;
    }
  }

  /** The entries that were used last. */
  private static final class Newest<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    Newest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST;
    }
  }
}
