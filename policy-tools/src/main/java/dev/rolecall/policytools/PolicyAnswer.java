package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Principal;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.RuleName;
import java.util.Optional;

/**
 * A policy's answer about one caller and method, and the rule behind it.
 *
 * @param caller the caller of the question
 * @param answer the answer
 * @param publicMethod whether the method is public, which then is why
 * @param rule the rule behind it; empty for a public method, and where no rule by itself says so
 * @param ruleAt where that rule is written; empty for a policy made by a builder
 * @param needed the grants that the call needs, whether the caller holds them or not
 */
public record PolicyAnswer(
    CallerQuery caller,
    Answer answer,
    boolean publicMethod,
    Optional<RuleName> rule,
    Optional<Place> ruleAt,
    NeededGrants needed) {

  /** Checks that nothing is absent. */
  public PolicyAnswer {
    requireNonNull(caller, "caller");
    requireNonNull(answer, "answer");
    requireNonNull(rule, "rule");
    requireNonNull(ruleAt, "ruleAt");
    requireNonNull(needed, "needed");
  }

  /** The answer to a call without headers, from an unknown address. */
  public static PolicyAnswer of(AccessPolicy policy, CallerQuery caller, MethodPath method) {
    return of(policy, caller, method, StatedCall.none());
  }

  /** The answer of {@code policy} to one call, a public method's included. */
  public static PolicyAnswer of(
      AccessPolicy policy, CallerQuery caller, MethodPath method, StatedCall call) {
    if (policy.isPublic(method)) {
      return ofNoRule(caller, Answer.ALLOW, true);
    }
    if (caller.isNobody()) {
      return ofNoRule(caller, Answer.DENY, false);
    }
    Principal asked = caller.principal().get();
    Decision decision = policy.evaluate(asked, caller.attributes(), method, call);
    NeededGrants needed = NeededGrants.of(decision, policy, caller, call);
    Optional<PolicyRule> rule =
        needed.ruleBehind(decision, policy.deciding(asked, caller.attributes(), method, call));
    return new PolicyAnswer(
        caller,
        decision.fold(
            allowed -> Answer.ALLOW,
            denied -> Answer.DENY,
            needs -> needed.areHeld() ? Answer.ALLOW : Answer.NEEDS_GRANT),
        false,
        rule.map(PolicyRule::name),
        rule.flatMap(PolicyRule::at),
        needed);
  }

  private static PolicyAnswer ofNoRule(CallerQuery caller, Answer answer, boolean publicMethod) {
    return new PolicyAnswer(
        caller, answer, publicMethod, Optional.empty(), Optional.empty(), NeededGrants.none());
  }

  /** Why, in words for a person who writes policies. */
  public String why() {
    if (publicMethod) {
      return "the method is public: any caller may call it";
    }
    if (answer == Answer.NEEDS_GRANT) {
      return "a grant " + needed.inWords() + " would allow it";
    }
    return rule.map(name -> "by rule \"" + name + "\"" + place() + needed.heldInWords())
        .orElse(caller.isNobody() ? "the method is not public" : "no rule allows it");
  }

  private String place() {
    return ruleAt.map(at -> " at " + at).orElse("");
  }
}
