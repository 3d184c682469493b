package dev.rolecall.jwt;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.key.VerificationKey;
import java.util.Optional;

/** The check of a token's signature: the only way to a {@link VerifiedToken}. */
public final class SignatureCheck {

  private SignatureCheck() {}

  /**
   * Checks the signature by the algorithm in the token's header. Count it against a budget before
   * you call: it takes 35 us to 5 ms of CPU time (see {@code Algorithm.cost}).
   *
   * @param key the key that {@code KeySet.find} gave for the token's key id and algorithm
   * @return the token, verified; empty if the signature is not that key's, or the algorithm is not
   *     one of the key
   */
  public static Optional<VerifiedToken> verify(CompactToken token, VerificationKey key) {
    requireNonNull(token, "token");
    requireNonNull(key, "key");
    return key.fits(token.header().algorithm()) && token.isSignedBy(key)
        ? Optional.of(new VerifiedToken(token.header(), token.claims()))
        : Optional.empty();
  }
}
