package dev.rolecall.txntoken;

import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.VerificationKey;
import java.time.Duration;
import java.time.Instant;

/** A token that is used again. No record: it holds a secret. */
final class HeldToken {

  final TransactionToken token;
  private final String kid;
  private final Instant reuseUntil;
  private final Instant made;

  HeldToken(TransactionToken token, String kid, Instant made) {
    this.token = token;
    this.kid = kid;
    this.made = made;
    this.reuseUntil = made.plus(reuse());
  }

  /** Half of its life, which a caller's end may have cut short. */
  Duration reuse() {
    return Duration.between(made, token.expiry()).dividedBy(2);
  }

  /**
   * Whether it may be used again at that moment: in the first half of its life, by a clock that has
   * not been set back, and while its key is published. Keys that were replaced at once, as after a
   * theft, leave no token in use.
   */
  boolean isGood(Instant now, KeySet published) {
    return now.isBefore(reuseUntil) && !now.isBefore(made) && isPublished(published);
  }

  private boolean isPublished(KeySet published) {
    for (VerificationKey key : published.keys()) {
      if (key.kid().filter(kid::equals).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
