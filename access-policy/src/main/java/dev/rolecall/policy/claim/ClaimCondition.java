package dev.rolecall.policy.claim;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;

/**
 * A condition on one claim of the caller's credential.
 *
 * @param claim the claim's name
 * @param test the values that meet it
 */
public record ClaimCondition(ClaimName claim, ClaimTest test) {

  /** Checks that nothing is absent. */
  public ClaimCondition {
    requireNonNull(claim, "claim");
    requireNonNull(test, "test");
  }

  /** The outcome for a caller. */
  public Outcome of(Attributes caller) {
    return test.of(claim.in(caller.claims()));
  }

  @Override
  public String toString() {
    return "claim " + claim + ": " + test;
  }
}
