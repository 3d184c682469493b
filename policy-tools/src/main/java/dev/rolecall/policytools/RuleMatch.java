package dev.rolecall.policytools;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Principal;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PlacedPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.RulePrincipal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The comparison of one rule with one call.
 *
 * @param rule the rule
 * @param principals those of its principals that match, in the order they are written
 * @param paths those of its paths that match, in the order they are written
 * @param pinned whether a principal means the role under some unique id
 * @param member the first member that matches, if the first principal that does is a group
 * @param unmet those of its conditions that do not hold
 */
record RuleMatch(
    PolicyRule rule,
    List<RulePrincipal> principals,
    List<PlacedPath> paths,
    boolean pinned,
    Optional<RulePrincipal> member,
    List<UnmetCondition> unmet) {

  /** Every rule of {@code policy} alone, deny rules first. */
  static Stream<RuleMatch> all(
      AccessPolicy policy, CallerQuery caller, MethodPath method, StatedCall call) {
    return policy.rules().stream().map(rule -> of(rule, caller, method, call));
  }

  /** The comparison with a call of a caller that has a principal. */
  static RuleMatch of(PolicyRule rule, CallerQuery caller, MethodPath method, StatedCall call) {
    Principal principal = caller.principal().orElseThrow();
    List<RulePrincipal> principals =
        rule.principalsMatching(principal, caller.attributes()).toList();
    return new RuleMatch(
        rule,
        principals,
        rule.pathsMatching(method).toList(),
        caller
            .role()
            .filter(role -> rule.principals().stream().anyMatch(each -> each.pins(role.arn())))
            .isPresent(),
        principals.stream().findFirst().flatMap(first -> member(rule, first, caller)),
        UnmetCondition.of(rule, caller.attributes(), call));
  }

  /** The member of a group that means the caller, or the party that acts for it. */
  private static Optional<RulePrincipal> member(
      PolicyRule rule, RulePrincipal first, CallerQuery caller) {
    return first.fold(
        single -> Optional.empty(),
        accounts -> Optional.empty(),
        group ->
            group
                .memberMatching(
                    caller.principal().orElseThrow(), caller.attributes(), rule.denies())
                .or(
                    () ->
                        caller
                            .attributes()
                            .actor()
                            .flatMap(
                                actor ->
                                    group.memberMatching(
                                        actor, Attributes.none(), rule.denies()))));
  }

  boolean callerMatches() {
    return !principals.isEmpty();
  }

  boolean methodMatches() {
    return !paths.isEmpty();
  }

  boolean conditionsHold() {
    return unmet.isEmpty();
  }

  boolean matches() {
    return callerMatches() && methodMatches() && conditionsHold();
  }

  /** Whether the rule requires no grant, or the caller is stated to hold it. */
  boolean isGranted(CallerQuery caller, StatedCall call) {
    return rule.source().grant().map(required -> caller.holds(required, call)).orElse(true);
  }

  /** The first principal and the first path that match; empty if the rule does not. */
  Optional<MatchedClause> clause() {
    return matches()
        ? Optional.of(
            new MatchedClause(
                principals.get(0),
                member,
                paths.get(0).pattern(),
                paths.get(0).at(),
                rule.source(),
                rule.conditions()))
        : Optional.empty();
  }

  /** The one thing that does not match; empty if all do, or more than one does not. */
  Optional<NearMiss.Why> missedBy() {
    if (callerMatches() && methodMatches()) {
      return conditionsHold() ? Optional.empty() : Optional.of(NearMiss.Why.CONDITIONS_NOT_MET);
    }
    if (callerMatches() == methodMatches() || !conditionsHold()) {
      return Optional.empty();
    }
    if (callerMatches()) {
      return Optional.of(NearMiss.Why.OTHER_METHODS);
    }
    return Optional.of(pinned ? NearMiss.Why.OTHER_ROLE_ID : NearMiss.Why.OTHER_CALLERS);
  }
}
