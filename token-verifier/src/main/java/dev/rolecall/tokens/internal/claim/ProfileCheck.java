package dev.rolecall.tokens.internal.claim;

import dev.rolecall.jwt.TokenClaims;

/** A rule about claims that one profile has beside those of all. */
@FunctionalInterface
interface ProfileCheck {

  /**
   * Checks.
   *
   * @param issuer the configured text of the issuer
   */
  void check(TokenClaims claims, String issuer) throws FailedCheckException;

  /** No rule. */
  static ProfileCheck none() {
    return (claims, issuer) -> {};
  }
}
