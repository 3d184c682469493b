package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** What came of reading a proof's text. */
public sealed interface ProofReading {

  /** Calls the function of the arm this is. */
  <T> T fold(Function<CallerProof, T> wellFormed, Function<Malformed, T> malformed);

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

    @Override
    public <T> T fold(Function<CallerProof, T> wellFormed, Function<Malformed, T> malformed) {
      return wellFormed.apply(proof);
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

    @Override
    public <T> T fold(Function<CallerProof, T> wellFormed, Function<Malformed, T> malformed) {
      return malformed.apply(this);
    }
  }
}
