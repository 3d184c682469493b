package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A policy's answer about one caller and method, and the rule behind it.
 *
 * @param caller who was asked about
 * @param answer the answer
 * @param publicMethod whether the method is public, which then is why
 * @param rule the rule behind it; empty for a public method, and for a no that no rule says
 * @param ruleAt where that rule is written; empty for a policy made by a builder
 */
public record Ruling(
    AskedCaller caller,
    Answer answer,
    boolean publicMethod,
    Optional<RuleName> rule,
    Optional<Position> ruleAt) {

  /** Checks that nothing is absent. */
  public Ruling {
    requireNonNull(caller, "caller");
    requireNonNull(answer, "answer");
    requireNonNull(rule, "rule");
    requireNonNull(ruleAt, "ruleAt");
  }

  static Ruling of(AccessPolicy policy, AskedCaller caller, MethodPath method) {
    if (policy.isPublic(method)) {
      return new Ruling(caller, Answer.ALLOW, true, Optional.empty(), Optional.empty());
    }
    return caller
        .role()
        .map(
            role -> {
              Decision decision = policy.evaluate(role, caller.id(), method);
              return new Ruling(
                  caller,
                  decision.isAllowed() ? Answer.ALLOW : Answer.DENY,
                  false,
                  decision.rule(),
                  policy.deciding(role, caller.id(), method).placeOf(decision));
            })
        .orElseGet(
            () -> new Ruling(caller, Answer.DENY, false, Optional.empty(), Optional.empty()));
  }

  /**
   * Why, in words for a person who writes policies.
   *
   * @param source what the policy's file is called
   */
  public String why(String source) {
    if (publicMethod) {
      return "the method is public, whoever calls";
    }
    return rule.map(name -> "by rule \"" + name + "\"" + place(source))
        .orElse(caller.role().isPresent() ? "no rule allows it" : "the method is not public");
  }

  private String place(String source) {
    return ruleAt.map(at -> " at " + source + ":" + at).orElse("");
  }
}
