package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.Decision;
import dev.rolecall.policy.Place;
import java.util.Optional;

/**
 * A decision and the rule behind it.
 *
 * @param decision the decision by the rules
 * @param ruleAt the place of the rule; empty without a rule, and for a policy made by a builder
 * @param clause the part of the rule that matched; empty without a rule
 */
public record DecisionBasis(
    Decision decision, Optional<Place> ruleAt, Optional<MatchedClause> clause) {

  /** Checks that nothing is absent. */
  public DecisionBasis {
    requireNonNull(decision, "decision");
    requireNonNull(ruleAt, "ruleAt");
    requireNonNull(clause, "clause");
  }
}
