package dev.rolecall.jwt;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The times of a token, in whole seconds.
 *
 * @param expiry {@code exp}, after the other two
 * @param issuedAt {@code iat}
 * @param notBefore {@code nbf}
 */
public record TokenTimes(Instant expiry, Optional<Instant> issuedAt, Optional<Instant> notBefore) {

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the expiry is not after the others
   */
  public TokenTimes {
    requireNonNull(expiry, "expiry");
    if (!areInOrder(expiry, issuedAt, notBefore)) {
      throw new IllegalArgumentException(ClaimFlaw.TIMES_CONTRADICT.words());
    }
  }

  static boolean areInOrder(
      Instant expiry, Optional<Instant> issuedAt, Optional<Instant> notBefore) {
    return issuedAt.map(expiry::isAfter).orElse(true)
        && notBefore.map(expiry::isAfter).orElse(true);
  }
}
