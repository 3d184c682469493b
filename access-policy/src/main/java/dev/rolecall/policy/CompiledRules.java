package dev.rolecall.policy;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.condition.CallFacts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules of one policy, compiled for decisions: deny, then allow, else no. */
record CompiledRules(List<CompiledRule> all, List<CompiledRule> allow) {

  static CompiledRules of(List<PolicyRule> rules) {
    PrincipalSet.Groups groups = new PrincipalSet.Groups();
    List<CompiledRule> deny = of(PolicySection.DENY_RULES, rules, groups);
    List<CompiledRule> allow = of(PolicySection.ALLOW_RULES, rules, groups);
    return new CompiledRules(Stream.concat(deny.stream(), allow.stream()).toList(), allow);
  }

  private static List<CompiledRule> of(
      PolicySection section, List<PolicyRule> rules, PrincipalSet.Groups groups) {
    return rules.stream()
        .filter(rule -> rule.section() == section)
        .map(rule -> new CompiledRule(rule, groups))
        .toList();
  }

  /** No fold, whose functions would be made anew for each unknown call. */
  Decision decide(Principal principal, MethodPath method, CallFacts call) {
    if (principal instanceof IamRole role) {
      return decide(role.arn(), Optional.of(role.id()), method, call);
    }
    if (principal instanceof ApiClient client) {
      return decide(client, method, call);
    }
    throw new AssertionError(principal);
  }

  /**
   * Loops, where streams would cost an unknown call most of its time. A rule with conditions that
   * means the caller and method reads the call, whether or not the conditions hold: the decision
   * then holds for this call alone.
   */
  Decision decide(RoleArn role, Optional<RoleId> id, MethodPath method, CallFacts call) {
    boolean readsCall = false;
    for (CompiledRule rule : all) {
      if (rule.means(role, id, method)) {
        readsCall |= rule.readsCall();
        if (rule.holdsFor(call)) {
          return rule.decision(readsCall);
        }
      }
    }
    return Decision.Denied.noMatch(readsCall);
  }

  private Decision decide(ApiClient client, MethodPath method, CallFacts call) {
    boolean readsCall = false;
    for (CompiledRule rule : all) {
      if (rule.means(client, method)) {
        readsCall |= rule.readsCall();
        if (rule.holdsFor(call)) {
          return rule.decision(readsCall);
        }
      }
    }
    return Decision.Denied.noMatch(readsCall);
  }

  /** Whether an allow rule means the principal, whatever the method. */
  boolean couldAllow(Principal principal) {
    return allow.stream().anyMatch(rule -> rule.matchesPrincipal(principal));
  }
}
