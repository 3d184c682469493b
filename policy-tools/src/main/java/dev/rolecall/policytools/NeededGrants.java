package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.Decision.GrantedRule;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.ResourceName;
import java.util.List;
import java.util.Optional;

/**
 * The grants that a call needs, and those of them that its caller is stated to hold.
 *
 * @param choices the choices that must all be met, each by one of its grants; none if the call
 *     needs no grant
 */
public record NeededGrants(List<List<One>> choices) {

  private static final NeededGrants NONE = new NeededGrants(List.of());

  /** Copies. */
  public NeededGrants {
    choices = choices.stream().map(List::copyOf).toList();
  }

  /**
   * A grant that a rule requires.
   *
   * @param rule the rule, which requires one
   * @param resource the resource that the call names; empty if the rule asks for none, or the call
   *     names none
   * @param unusable the headers that keep the call from naming one
   * @param isHeld whether the caller is stated to hold it
   */
  public record One(
      PolicyRule rule, Optional<ResourceName> resource, List<HeaderName> unusable, boolean isHeld) {

    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if it requires no grant
     */
    public One {
      if (rule.source().grant().isEmpty()) {
        throw new IllegalArgumentException(
            "rule \"" + rule.name() + "\": no requires_grant (expected: a rule with one)");
      }
      requireNonNull(resource, "resource");
      unusable = List.copyOf(unusable);
    }

    static One of(PolicyRule rule, CallerQuery caller, StatedCall call) {
      GrantRequirement required = rule.source().grant().orElseThrow();
      return new One(
          rule,
          required.resource().flatMap(template -> template.of(call)),
          required.resource().map(template -> template.unusable(call)).orElse(List.of()),
          caller.holds(required, call));
    }

    /** The grant as the rule has it. */
    public GrantRequirement requirement() {
      return rule.source().grant().orElseThrow();
    }

    /** The grant for the call, such as {@code orders-admin for orders/eu-west-1}. */
    public String inWords() {
      return requirement().permission()
          + resource
              .map(ResourceName::value)
              .or(() -> requirement().resource().map(Object::toString))
              .map(name -> " for " + name)
              .orElse("");
    }
  }

  /** The grants that a decision of {@code policy} on a call asks for. */
  static NeededGrants of(
      Decision decision, AccessPolicy policy, CallerQuery caller, StatedCall call) {
    return decision.fold(
        allowed -> NONE,
        denied -> NONE,
        needs ->
            new NeededGrants(
                needs.choices().stream()
                    .map(
                        choice ->
                            choice.stream()
                                .map(granted -> One.of(ruleOf(granted, policy), caller, call))
                                .toList())
                    .toList()));
  }

  private static PolicyRule ruleOf(GrantedRule granted, AccessPolicy policy) {
    return policy.layers().stream()
        .flatMap(layer -> layer.rule(granted.rule()).stream())
        .filter(rule -> rule.source().grant().equals(Optional.of(granted.requirement())))
        .findFirst()
        .orElseThrow();
  }

  /** No grant. */
  static NeededGrants none() {
    return NONE;
  }

  /** Whether the call needs no grant. */
  public boolean isNone() {
    return choices.isEmpty();
  }

  /** Whether it needs some, and the caller holds enough of them. */
  public boolean areHeld() {
    return !isNone() && choices.stream().allMatch(choice -> choice.stream().anyMatch(One::isHeld));
  }

  /** The grants behind a yes, one for each choice; none unless {@link #areHeld}. */
  public List<One> held() {
    return areHeld()
        ? choices.stream().flatMap(choice -> choice.stream().filter(One::isHeld).limit(1)).toList()
        : List.of();
  }

  /** The grant behind a yes whose rule is named; empty unless {@link #areHeld}. */
  Optional<One> behind() {
    return held().stream().reduce((first, second) -> second);
  }

  /** The rule behind a decision of {@code deciding}, or behind a yes with these grants. */
  Optional<PolicyRule> ruleBehind(Decision decision, AccessPolicy deciding) {
    return decision.rule().flatMap(deciding::rule).or(() -> behind().map(One::rule));
  }

  /** The grants behind a yes, such as {@code , with a grant of orders-admin}; else empty. */
  public String heldInWords() {
    return areHeld()
        ? held().stream().map(One::inWords).collect(joining(" and of ", ", with a grant of ", ""))
        : "";
  }

  /** The grants as the rules have them, and the rules, in words. */
  String inWords() {
    return choices.stream()
        .map(choice -> choice.stream().map(NeededGrants::inWords).collect(joining(" or ")))
        .collect(joining(", and one "));
  }

  private static String inWords(One one) {
    return "of "
        + one.requirement().permission()
        + one.requirement().resource().map(template -> " for " + template).orElse("")
        + " (rule \""
        + one.rule().name()
        + "\""
        + one.rule().at().map(at -> " at " + at).orElse("")
        + ")";
  }
}
