package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.Decision;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.RuleName;
import java.util.Optional;

/**
 * A decision and the rule behind it.
 *
 * @param decision the decision by the rules
 * @param ruleAt the place of the rule; empty without a rule, and for a policy made by a builder
 * @param clause the part of the rule that matched; empty without a rule
 * @param needed the grants that the call needs, whether the caller holds them or not
 */
public record DecisionBasis(
    Decision decision,
    Optional<Place> ruleAt,
    Optional<MatchedClause> clause,
    NeededGrants needed) {

  /** Checks that nothing is absent. */
  public DecisionBasis {
    requireNonNull(decision, "decision");
    requireNonNull(ruleAt, "ruleAt");
    requireNonNull(clause, "clause");
    requireNonNull(needed, "needed");
  }

  /** Whether the rules allow the call, by themselves or with the grants that the caller holds. */
  public boolean isAllowed() {
    return decision.isAllowed() || needed.areHeld();
  }

  /** The rule behind the decision; empty where no rule matches, or none without more grants. */
  public Optional<RuleName> rule() {
    return decision.rule().or(() -> needed.behind().map(one -> one.rule().name()));
  }
}
