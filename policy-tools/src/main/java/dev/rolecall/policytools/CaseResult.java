package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

/**
 * The result of one case.
 *
 * @param tested the case
 * @param actual the policy's answer
 */
public record CaseResult(PolicyCase tested, PolicyAnswer actual) {

  /** Checks that nothing is absent. */
  public CaseResult {
    requireNonNull(tested, "tested");
    requireNonNull(actual, "actual");
  }

  /** Whether the policy gives the expected answer. */
  public boolean passed() {
    return tested.expected() == actual.answer();
  }
}
