package dev.rolecall.jwt.key;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** The outcome of reading a key set: read, whatever keys it has, or malformed as a whole. */
public sealed interface KeySetReading {

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<KeySet, T> read, Function<KeySetFlaw, T> malformed) {
    if (this instanceof Read good) {
      return read.apply(good.keys());
    }
    if (this instanceof Malformed bad) {
      return malformed.apply(bad.flaw());
    }
    throw new AssertionError(this);
  }

  /**
   * A key set, which may have no usable key.
   *
   * @param keys its usable keys, and what was left out
   */
  record Read(KeySet keys) implements KeySetReading {
    /** Checks that nothing is absent. */
    public Read {
      requireNonNull(keys, "keys");
    }
  }

  /**
   * Not a key set.
   *
   * @param flaw the first rule that it breaks
   */
  record Malformed(KeySetFlaw flaw) implements KeySetReading {
    /** Checks that nothing is absent. */
    public Malformed {
      requireNonNull(flaw, "flaw");
    }
  }
}
