package dev.rolecall.jwt;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** The outcome of reading claims: of a good form, or broken by a named check. */
public sealed interface ClaimsReading {

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<TokenClaims, T> read, Function<ClaimFlaw, T> malformed) {
    if (this instanceof Read good) {
      return read.apply(good.claims());
    }
    if (this instanceof Malformed bad) {
      return malformed.apply(bad.flaw());
    }
    throw new AssertionError(this);
  }

  /**
   * Claims of a good form.
   *
   * @param claims the claims
   */
  record Read(TokenClaims claims) implements ClaimsReading {
    /** Checks that nothing is absent. */
    public Read {
      requireNonNull(claims, "claims");
    }
  }

  /**
   * Claims with one of a bad form.
   *
   * @param flaw the first check that fails
   */
  record Malformed(ClaimFlaw flaw) implements ClaimsReading {
    /** Checks that nothing is absent. */
    public Malformed {
      requireNonNull(flaw, "flaw");
    }
  }
}
