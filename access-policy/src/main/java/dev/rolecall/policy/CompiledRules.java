package dev.rolecall.policy;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Principal;
import dev.rolecall.policy.Decision.GrantedRule;
import dev.rolecall.policy.condition.CallFacts;
import java.util.List;
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

  /**
   * Loops, where streams would cost an unknown call most of its time. A rule with conditions that
   * means the caller and method reads the call, whether or not the conditions hold: the decision
   * then holds for this call alone. A rule that requires a grant counts only where no other allows
   * the call, so that a caller who needs no grant depends on none.
   */
  Decision decide(Principal principal, Attributes attributes, MethodPath method, CallFacts call) {
    boolean readsCall = false;
    List<GrantedRule> granted = List.of();
    for (CompiledRule rule : all) {
      if (rule.means(principal, attributes, method)) {
        readsCall |= rule.readsCall();
        if (rule.holdsFor(call)) {
          if (rule.granted().isEmpty()) {
            return rule.decision(readsCall);
          }
          granted = with(granted, rule.granted().get());
        }
      }
    }
    return granted.isEmpty()
        ? Decision.Denied.noMatch(readsCall)
        : new Decision.NeedsGrant(
            List.of(granted), readsCall ? new Validity.ThisCallOnly() : new Validity.ForCaller());
  }

  private static List<GrantedRule> with(List<GrantedRule> known, GrantedRule next) {
    return known.isEmpty()
        ? List.of(next)
        : Stream.concat(known.stream(), Stream.of(next)).toList();
  }

  /** Whether an allow rule means the caller, whatever the method. */
  boolean couldAllow(Principal principal, Attributes attributes) {
    return allow.stream().anyMatch(rule -> rule.means(principal, attributes));
  }

  /** The stricter of two: a denial, then what needs a grant. Where both need one, both count. */
  static Decision stricter(Decision here, Decision there) {
    if (here instanceof Decision.NeedsGrant one && there instanceof Decision.NeedsGrant other) {
      return new Decision.NeedsGrant(
          Stream.concat(one.choices().stream(), other.choices().stream()).toList(),
          new Validity.ForCaller());
    }
    if (there instanceof Decision.NeedsGrant) {
      return here instanceof Decision.Denied ? here : there;
    }
    return there.isAllowed() && !here.isAllowed() ? here : there;
  }
}
