package dev.rolecall.jwt.key;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** The outcome of searching a key set for the key of a token. */
public sealed interface KeySearch {

  /** The reasons for which there is no key. */
  enum Reason {
    /** The algorithm is not one that the verifier's settings allow for the issuer. */
    ALGORITHM_NOT_ALLOWED,
    /** No key has the token's id. The issuer may have a new one: the only reason to ask again. */
    UNKNOWN,
    /** The token names no key, and the issuer has several. */
    NOT_NAMED,
    /** The key with the token's id is for another algorithm. */
    UNFIT
  }

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<VerificationKey, T> found, Function<Reason, T> missing) {
    if (this instanceof Found good) {
      return found.apply(good.key());
    }
    if (this instanceof Missing none) {
      return missing.apply(none.reason());
    }
    throw new AssertionError(this);
  }

  /**
   * The one key to check with.
   *
   * @param key a key that fits the algorithm
   */
  record Found(VerificationKey key) implements KeySearch {
    /** Checks that nothing is absent. */
    public Found {
      requireNonNull(key, "key");
    }
  }

  /**
   * No key.
   *
   * @param reason why
   */
  record Missing(Reason reason) implements KeySearch {
    /** Checks that nothing is absent. */
    public Missing {
      requireNonNull(reason, "reason");
    }
  }
}
