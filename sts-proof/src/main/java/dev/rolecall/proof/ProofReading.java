package dev.rolecall.proof;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** The outcome of reading a proof's text: well-formed or malformed, and never verified. */
public sealed interface ProofReading {

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<CallerProof, T> wellFormed, Function<Malformed, T> malformed) {
    if (this instanceof WellFormed read) {
      return wellFormed.apply(read.proof());
    }
    if (this instanceof Malformed not) {
      return malformed.apply(not);
    }
    throw new AssertionError(this);
  }

  /**
   * A well-formed proof: nothing in it has been verified.
   *
   * @param proof the proof
   */
  record WellFormed(CallerProof proof) implements ProofReading {
    /** Checks that nothing is absent. */
    public WellFormed {
      requireNonNull(proof, "proof");
    }
  }

  /**
   * Not a proof.
   *
   * @param rule the rule the text breaks, in words fixed by this package: it never holds a part of
   *     the text, so it may be logged
   */
  record Malformed(String rule) implements ProofReading {
    /** Checks that nothing is absent. */
    public Malformed {
      requireNonNull(rule, "rule");
    }
  }
}
