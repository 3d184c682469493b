package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.util.List;
import java.util.Optional;

/**
 * A decision and what is behind it.
 *
 * @param role the role that was asked about
 * @param method the method that was asked about
 * @param publicMethod whether anyone may call the method without a proof, whatever the decision
 * @param decision the decision by the rules
 * @param ruleAt where the rule behind the decision is written
 * @param clause what of that rule matched; empty where no rule is behind the decision
 * @param near rules that would have made another decision but for one thing: allow rules when no
 *     rule matched; deny rules for another unique id of the role
 * @param flips changes to the policy, each enough for the other answer, in words; empty for a
 *     policy under another, whose answer is not in one file
 */
public record Explanation(
    RoleArn role,
    MethodPath method,
    boolean publicMethod,
    Decision decision,
    Optional<Position> ruleAt,
    Optional<MatchedClause> clause,
    List<NearMiss> near,
    List<String> flips) {

  /** Checks that nothing is absent. */
  public Explanation {
    requireNonNull(role, "role");
    requireNonNull(method, "method");
    requireNonNull(decision, "decision");
    requireNonNull(ruleAt, "ruleAt");
    requireNonNull(clause, "clause");
    near = List.copyOf(near);
    flips = List.copyOf(flips);
  }

  /** Whether the call would be let through, publicly or by a rule. */
  public boolean isAllowed() {
    return publicMethod || decision.isAllowed();
  }

  static Explanation of(AccessPolicy policy, RoleArn role, Optional<RoleId> id, MethodPath method) {
    boolean publicMethod = policy.isPublic(method);
    List<String> flips = policy.isNarrowed() ? List.of() : AnswerFlips.of(policy, role, id, method);
    return of(policy.deciding(role, id, method), publicMethod, flips, role, id, method);
  }

  private static Explanation of(
      AccessPolicy policy,
      boolean publicMethod,
      List<String> flips,
      RoleArn role,
      Optional<RoleId> id,
      MethodPath method) {
    Decision decision = policy.evaluate(role, id, method);
    Optional<MatchedClause> clause =
        policy.ruleBehind(decision).flatMap(rule -> rule.clauseMatching(role, id, method));
    List<NearMiss> near =
        policy
            .rules()
            .flatMap(
                rule ->
                    nearMiss(rule, role, id, method)
                        .filter(why -> isTelling(rule, why, decision))
                        .map(why -> new NearMiss(rule.section(), rule.name(), rule.at(), why))
                        .stream())
            .toList();
    return new Explanation(
        role, method, publicMethod, decision, policy.placeOf(decision), clause, near, flips);
  }

  private static Optional<NearMiss.Why> nearMiss(
      PolicyRule rule, RoleArn role, Optional<RoleId> id, MethodPath method) {
    boolean roleMatches = rule.matchesRole(role, id);
    boolean methodMatches = rule.matchesMethod(method);
    if (roleMatches == methodMatches) {
      return Optional.empty();
    }
    if (roleMatches) {
      return Optional.of(NearMiss.Why.OTHER_METHODS);
    }
    return Optional.of(rule.pins(role) ? NearMiss.Why.OTHER_ROLE_ID : NearMiss.Why.OTHER_CALLERS);
  }

  private static boolean isTelling(PolicyRule rule, NearMiss.Why why, Decision decision) {
    return rule.section() == PolicySection.ALLOW_RULES
        ? decision.rule().isEmpty()
        : why == NearMiss.Why.OTHER_ROLE_ID && decision.fold(a -> true, d -> d.rule().isEmpty());
  }
}
