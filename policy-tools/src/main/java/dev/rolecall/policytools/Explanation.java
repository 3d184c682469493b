package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
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
 * @param caller the caller that was asked about, which has a principal
 * @param method the method that was asked about
 * @param publicMethod whether anyone may call the method without a proof, whatever the decision
 * @param basis the decision by the rules
 * @param near rules that would have made another decision but for one thing: allow rules when no
 *     rule matched; deny rules for another unique id of the role, or a caller or call that meets
 *     their conditions
 * @param suggestions changes to the policy, each enough for the other answer, in words; empty for a
 *     policy under another, whose answer is not in one file
 */
public record Explanation(
    CallerQuery caller,
    MethodPath method,
    boolean publicMethod,
    DecisionBasis basis,
    List<NearMiss> near,
    List<String> suggestions) {

  /** Checks that nothing is absent. */
  public Explanation {
    requireNonNull(caller, "caller");
    requireNonNull(method, "method");
    requireNonNull(basis, "basis");
    near = List.copyOf(near);
    suggestions = List.copyOf(suggestions);
  }

  /**
   * Explains the decision on a call of a role without headers, from an unknown address.
   *
   * @param id the role's unique id; without it, no allow rule that is pinned to one matches, and
   *     each deny rule that is does
   */
  public static Explanation of(
      AccessPolicy policy, RoleArn role, Optional<RoleId> id, MethodPath method) {
    return of(policy, CallerQuery.of(new IamRole(role, id)), method, StatedCall.none());
  }

  /**
   * Explains the decision of {@code policy} on one call.
   *
   * @param caller the caller and its attributes
   * @param call the headers and the address of the call
   * @throws IllegalArgumentException if the caller has no principal, as no rule means it
   */
  public static Explanation of(
      AccessPolicy policy, CallerQuery caller, MethodPath method, StatedCall call) {
    requireNonNull(method, "method");
    requireNonNull(call, "call");
    Principal principal =
        caller
            .principal()
            .orElseThrow(
                () -> new IllegalArgumentException("caller: nobody (expected: a principal)"));
    AccessPolicy deciding = policy.deciding(principal, caller.attributes(), method, call);
    Decision decision = policy.evaluate(principal, caller.attributes(), method, call);
    NeededGrants needed = NeededGrants.of(decision, policy, caller, call);
    Optional<PolicyRule> rule = needed.ruleBehind(decision, deciding);
    DecisionBasis basis =
        new DecisionBasis(
            decision,
            rule.flatMap(PolicyRule::at),
            rule.flatMap(found -> RuleMatch.of(found, caller, method, call).clause()),
            needed);
    List<NearMiss> near =
        RuleMatch.all(deciding, caller, method, call)
            .flatMap(match -> nearMiss(match, basis).stream())
            .toList();
    List<String> suggestions =
        policy.layers().size() > 1 ? List.of() : Suggestions.of(policy, caller, method, call);
    return new Explanation(caller, method, policy.isPublic(method), basis, near, suggestions);
  }

  /** Whether the call would be let through: publicly, by a rule, or by a grant that is held. */
  public boolean isAllowed() {
    return publicMethod || basis.isAllowed();
  }

  private static Optional<NearMiss> nearMiss(RuleMatch match, DecisionBasis basis) {
    PolicyRule rule = match.rule();
    return match
        .missedBy()
        .filter(why -> isTelling(rule, why, basis))
        .map(
            why ->
                new NearMiss(
                    rule.section(),
                    rule.name(),
                    rule.at(),
                    why,
                    why == NearMiss.Why.CONDITIONS_NOT_MET ? match.unmet() : List.of()));
  }

  private static boolean isTelling(PolicyRule rule, NearMiss.Why why, DecisionBasis basis) {
    return rule.section() == PolicySection.ALLOW_RULES
        ? basis.rule().isEmpty()
        : (why == NearMiss.Why.OTHER_ROLE_ID || why == NearMiss.Why.CONDITIONS_NOT_MET)
            && basis.decision().fold(a -> true, d -> d.rule().isEmpty(), needs -> true);
  }
}
