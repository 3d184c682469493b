package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Principal;
import dev.rolecall.policy.condition.CallConditions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rule as it is written. It matches when one of its principals and one of its paths do, and its
 * conditions hold.
 *
 * @param name the rule's name
 * @param section the list that the rule stands in: {@code DENY_RULES} or {@code ALLOW_RULES}
 * @param principals the callers that the rule means; at least one
 * @param paths the methods that the rule means; at least one
 * @param conditions the conditions on the call itself, which narrow the rule
 * @param at the place of the rule; empty for a rule that a builder was given
 */
public record PolicyRule(
    RuleName name,
    PolicySection section,
    List<RulePrincipal> principals,
    List<PlacedPath> paths,
    CallConditions conditions,
    Optional<Place> at) {

  /**
   * Checks that the rule means something: what is left out never means "any".
   *
   * @throws IllegalArgumentException if there is no principal or no path, or if the section is no
   *     list of rules
   */
  public PolicyRule {
    requireNonNull(name, "name");
    requireNonNull(conditions, "conditions");
    requireNonNull(at, "at");
    if (section == PolicySection.PUBLIC_METHODS) {
      throw new IllegalArgumentException(
          "section: " + section + " (expected: deny_rules or allow_rules)");
    }
    principals = List.copyOf(principals);
    if (principals.isEmpty()) {
      throw new IllegalArgumentException(
          "rule \"" + name + "\": no principals (expected: at least one)");
    }
    paths = List.copyOf(paths);
    if (paths.isEmpty()) {
      throw new IllegalArgumentException(
          "rule \"" + name + "\": no paths (expected: at least one)");
    }
  }

  /**
   * A rule without conditions.
   *
   * @throws IllegalArgumentException as the other constructor does
   */
  public PolicyRule(
      RuleName name,
      PolicySection section,
      List<RulePrincipal> principals,
      List<PlacedPath> paths,
      Optional<Place> at) {
    this(name, section, principals, paths, CallConditions.none(), at);
  }

  /** The principals that mean that caller, in the order they are written. */
  public Stream<RulePrincipal> principalsMatching(Principal principal, Attributes attributes) {
    boolean deny = section == PolicySection.DENY_RULES;
    return principals.stream().filter(each -> each.matches(principal, attributes, deny));
  }

  /** The paths that match, in the order they are written. */
  public Stream<PlacedPath> pathsMatching(MethodPath method) {
    return paths.stream().filter(path -> path.pattern().matches(method));
  }
}
