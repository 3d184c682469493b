package dev.rolecall.policy;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.util.List;
import java.util.Optional;

/** The rules of one policy, compiled for decisions: deny, then allow, else no. */
record CompiledRules(List<CompiledRule> deny, List<CompiledRule> allow) {

  static CompiledRules of(List<PolicyRule> rules) {
    return new CompiledRules(
        of(PolicySection.DENY_RULES, rules), of(PolicySection.ALLOW_RULES, rules));
  }

  private static List<CompiledRule> of(PolicySection section, List<PolicyRule> rules) {
    return rules.stream().filter(rule -> rule.section() == section).map(CompiledRule::new).toList();
  }

  /** No fold, whose functions would be made anew for each unknown call. */
  Decision decide(Principal principal, MethodPath method) {
    if (principal instanceof IamRole role) {
      return decide(role.arn(), Optional.of(role.id()), method);
    }
    if (principal instanceof ApiClient client) {
      return decide(client, method);
    }
    throw new AssertionError(principal);
  }

  /** Loops, where streams would cost an unknown call most of its time. */
  Decision decide(RoleArn role, Optional<RoleId> id, MethodPath method) {
    for (CompiledRule rule : deny) {
      if (rule.matches(role, id, method)) {
        return rule.decision();
      }
    }
    for (CompiledRule rule : allow) {
      if (rule.matches(role, id, method)) {
        return rule.decision();
      }
    }
    return Decision.Denied.NO_MATCH;
  }

  private Decision decide(ApiClient client, MethodPath method) {
    for (CompiledRule rule : deny) {
      if (rule.matches(client, method)) {
        return rule.decision();
      }
    }
    for (CompiledRule rule : allow) {
      if (rule.matches(client, method)) {
        return rule.decision();
      }
    }
    return Decision.Denied.NO_MATCH;
  }

  /** Whether an allow rule means the principal, whatever the method. */
  boolean couldAllow(Principal principal) {
    return allow.stream().anyMatch(rule -> rule.matchesPrincipal(principal));
  }
}
