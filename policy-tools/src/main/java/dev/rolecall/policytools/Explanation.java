package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.PolicySection;
import java.util.List;
import java.util.Optional;

/**
 * A decision, the rule behind it, and the changes that would turn it round.
 *
 * @param role the role that was asked about
 * @param method the method that was asked about
 * @param publicMethod whether anyone may call the method without a proof, whatever the decision
 * @param basis the decision by the rules
 * @param near rules that would have made another decision but for one thing: allow rules when no
 *     rule matched; deny rules for another unique id of the role, or a call that meets their
 *     conditions
 * @param suggestions changes to the policy, each enough for the other answer, in words; empty for a
 *     policy under another, whose answer is not in one file
 */
public record Explanation(
    RoleArn role,
    MethodPath method,
    boolean publicMethod,
    DecisionBasis basis,
    List<NearMiss> near,
    List<String> suggestions) {

  /** Checks that nothing is absent. */
  public Explanation {
    requireNonNull(role, "role");
    requireNonNull(method, "method");
    requireNonNull(basis, "basis");
    near = List.copyOf(near);
    suggestions = List.copyOf(suggestions);
  }

  /** Explains the decision on a call without headers, from an unknown address. */
  public static Explanation of(
      AccessPolicy policy, RoleArn role, Optional<RoleId> id, MethodPath method) {
    return of(policy, role, id, method, StatedCall.none());
  }

  /**
   * Explains the decision of {@code policy} on one call of a role.
   *
   * @param id the role's unique id; without it, rules pinned to one do not match
   * @param call the headers and the address of the call
   */
  public static Explanation of(
      AccessPolicy policy, RoleArn role, Optional<RoleId> id, MethodPath method, StatedCall call) {
    requireNonNull(role, "role");
    requireNonNull(id, "id");
    requireNonNull(method, "method");
    requireNonNull(call, "call");
    AccessPolicy deciding = policy.deciding(new IamRole(role, id), Attributes.none(), method, call);
    Decision decision = deciding.evaluate(new IamRole(role, id), Attributes.none(), method, call);
    List<NearMiss> near =
        RuleMatch.all(deciding, role, id, method, call)
            .flatMap(match -> nearMiss(match, decision).stream())
            .toList();
    List<String> suggestions =
        policy.layers().size() > 1 ? List.of() : Suggestions.of(policy, role, id, method, call);
    return new Explanation(
        role,
        method,
        policy.isPublic(method),
        basis(decision, decision.rule().flatMap(deciding::rule), role, id, method, call),
        near,
        suggestions);
  }

  private static DecisionBasis basis(
      Decision decision,
      Optional<PolicyRule> rule,
      RoleArn role,
      Optional<RoleId> id,
      MethodPath method,
      StatedCall call) {
    return new DecisionBasis(
        decision,
        rule.flatMap(PolicyRule::at),
        rule.flatMap(found -> RuleMatch.of(found, role, id, method, call).clause()));
  }

  /** Whether the call would be let through, publicly or by a rule. */
  public boolean isAllowed() {
    return publicMethod || basis.decision().isAllowed();
  }

  private static Optional<NearMiss> nearMiss(RuleMatch match, Decision decision) {
    PolicyRule rule = match.rule();
    return match
        .missedBy()
        .filter(why -> isTelling(rule, why, decision))
        .map(
            why ->
                new NearMiss(
                    rule.section(),
                    rule.name(),
                    rule.at(),
                    why,
                    why == NearMiss.Why.CONDITIONS_NOT_MET ? match.unmet() : List.of()));
  }

  private static boolean isTelling(PolicyRule rule, NearMiss.Why why, Decision decision) {
    return rule.section() == PolicySection.ALLOW_RULES
        ? decision.rule().isEmpty()
        : (why == NearMiss.Why.OTHER_ROLE_ID || why == NearMiss.Why.CONDITIONS_NOT_MET)
            && decision.fold(a -> true, d -> d.rule().isEmpty());
  }
}
