package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.proof.CallerProof;
import java.time.Instant;

/**
 * A proof, and for how long it is of use.
 *
 * @param proof the proof; it masks itself
 * @param renewAt when to make the next one: two thirds into its life, by default
 * @param end when it lapses, or the AWS credentials that signed it end, whichever is first
 */
public record TimedProof(CallerProof proof, Instant renewAt, Instant end) {

  /** Checks that nothing is absent. */
  public TimedProof {
    requireNonNull(proof, "proof");
    requireNonNull(renewAt, "renewAt");
    requireNonNull(end, "end");
  }
}
