package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.verifier.limits.Outcome;
import java.util.function.Supplier;

/**
 * What a look-up found out.
 *
 * @param verification what callers are told
 * @param outcome what limits are told
 */
record Finding(Verification verification, Outcome outcome) {
  Finding {
    requireNonNull(verification, "verification");
    requireNonNull(outcome, "outcome");
  }

  /** The look-up ended before STS was asked. */
  static Finding unasked(Verification verification) {
    return new Finding(verification, Outcome.NOT_ASKED);
  }

  /** The same with these facts, which are asked for where it has none. */
  Finding with(Supplier<ProofFacts> facts) {
    return new Finding(ProofFacts.in(verification, facts), outcome);
  }

  /** Whether STS confirmed somebody whom nothing here could admit. */
  boolean isOfNoUse() {
    return outcome == Outcome.OF_NO_USE;
  }
}
