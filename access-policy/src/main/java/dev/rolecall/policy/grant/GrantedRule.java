package dev.rolecall.policy.grant;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.RuleName;

/**
 * An allow rule that matches a call, but for the grant that it requires.
 *
 * @param rule the rule
 * @param requirement the grant that the caller must hold
 */
public record GrantedRule(RuleName rule, GrantRequirement requirement) {

  /** Checks that nothing is absent. */
  public GrantedRule {
    requireNonNull(rule, "rule");
    requireNonNull(requirement, "requirement");
  }
}
