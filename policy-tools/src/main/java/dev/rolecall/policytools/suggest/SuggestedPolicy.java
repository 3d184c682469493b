package dev.rolecall.policytools.suggest;

import static java.util.Objects.requireNonNull;

/**
 * A policy that audit records suggest, for a person to read and edit.
 *
 * @param text the policy, YAML with comments; no path and no principal in it has a wildcard
 * @param rules how many rules it has; 0 if it allows nothing
 */
public record SuggestedPolicy(String text, int rules) {

  /** Checks that nothing is absent. */
  public SuggestedPolicy {
    requireNonNull(text, "text");
  }
}
