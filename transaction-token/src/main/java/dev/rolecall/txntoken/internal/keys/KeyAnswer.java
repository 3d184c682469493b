package dev.rolecall.txntoken.internal.keys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.key.KeySet;

/** The outcome of one fetch of keys. */
sealed interface KeyAnswer {

  /** At least one usable key. */
  record Good(KeySet keys) implements KeyAnswer {
    /** Checks that nothing is absent. */
    public Good {
      requireNonNull(keys, "keys");
    }
  }

  /** Anything else, in words that quote nothing of the answer. */
  record Failed(String why) implements KeyAnswer {
    /** Checks that nothing is absent. */
    public Failed {
      requireNonNull(why, "why");
    }
  }
}
