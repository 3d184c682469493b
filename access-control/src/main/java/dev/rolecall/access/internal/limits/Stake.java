package dev.rolecall.access.internal.limits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A permit taken from several buckets at once. Settled once, by one of its methods. */
final class Stake {

  private final Payer payer;
  private final List<TokenBucket> taken;

  private Stake(Payer payer, List<TokenBucket> taken) {
    this.payer = payer;
    this.taken = taken;
  }

  /** A permit of each, or of none: null then. */
  static @Nullable Stake of(Payer payer, List<TokenBucket> buckets) {
    for (int i = 0; i < buckets.size(); i++) {
      if (!buckets.get(i).tryTake()) {
        buckets.subList(0, i).forEach(TokenBucket::giveBack);
        return null;
      }
    }
    return new Stake(payer, buckets);
  }

  /** The look-up did no harm. */
  void giveBack() {
    taken.forEach(TokenBucket::giveBack);
  }

  /** The look-up was in vain, and that was the peer's choice. */
  void spend() {
    payer.suspect();
  }

  /** The answer was good, and of no use here. */
  void spendHalf() {
    payer.suspect();
    taken.forEach(TokenBucket::giveHalfBack);
  }
}
