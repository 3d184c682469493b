package dev.rolecall.access.internal.limits;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A host or an access key, as permits are taken from it. */
final class Payer {

  /** How many look-ups at a time a host may stake of what is kept for the unsuspected. */
  static final int RESERVED_AT_A_TIME = 4;

  private final TokenBucket own;
  private volatile boolean suspected;

  Payer(TokenBucket.Rate rate, LongSupplier ticker) {
    this.own = new TokenBucket(rate, ticker);
  }

  /** It has had a look-up in vain. */
  void suspect() {
    suspected = true;
  }

  /** Whether it has had no look-up in vain lately, and has few under way. */
  boolean isUnsuspected() {
    return !suspected && !own.lacks(RESERVED_AT_A_TIME);
  }

  boolean has() {
    return own.has();
  }

  /** A permit of its own and of those others; null where one of them has none. */
  @Nullable Stake stake(TokenBucket... others) {
    List<TokenBucket> all = new ArrayList<>();
    all.add(own);
    Collections.addAll(all, others);
    return Stake.of(this, all);
  }

  /** The peers of one site together, whose permits are taken besides the host's. */
  static final class Site {

    /** As a rule; several times what one host has. */
    final TokenBucket common;

    /** While nothing else is left; what one host has. */
    final TokenBucket kept;

    Site(TokenBucket.Rate each, LongSupplier ticker) {
      this.common = new TokenBucket(each.times(PeerLimit.SITE_FACTOR), ticker);
      this.kept = new TokenBucket(each, ticker);
    }
  }
}
