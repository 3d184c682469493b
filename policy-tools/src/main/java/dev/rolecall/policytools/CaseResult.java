package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

/**
 * What came of one case.
 *
 * @param tested the case
 * @param actual what the policy says about it
 */
public record CaseResult(PolicyCase tested, PolicyAnswer actual) {

  /** Checks that nothing is absent. */
  public CaseResult {
    requireNonNull(tested, "tested");
    requireNonNull(actual, "actual");
  }

  /** Whether the policy says what was expected. */
  public boolean passed() {
    return tested.expected() == actual.answer();
  }
}
