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
 * @param near rules that would have made another decision but for one thing: allow rules when no
 *     rule matched; deny rules for another unique id of the role
 */
public record Explanation(
    RoleArn role,
    MethodPath method,
    boolean publicMethod,
    Decision decision,
    Optional<Position> ruleAt,
    List<NearMiss> near) {

  /** Checks that nothing is absent. */
  public Explanation {
    requireNonNull(role, "role");
    requireNonNull(method, "method");
    requireNonNull(decision, "decision");
    requireNonNull(ruleAt, "ruleAt");
    near = List.copyOf(near);
  }

  /** Whether the call would be let through, publicly or by a rule. */
  public boolean isAllowed() {
    return publicMethod || decision.isAllowed();
  }

  static Explanation of(AccessPolicy policy, RoleArn role, Optional<RoleId> id, MethodPath method) {
    boolean publicMethod = policy.isPublic(method);
    return of(policy.deciding(role, id, method), publicMethod, role, id, method);
  }

  private static Explanation of(
      AccessPolicy policy,
      boolean publicMethod,
      RoleArn role,
      Optional<RoleId> id,
      MethodPath method) {
    Decision decision = policy.evaluate(role, id, method);
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
    return new Explanation(role, method, publicMethod, decision, policy.placeOf(decision), near);
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
