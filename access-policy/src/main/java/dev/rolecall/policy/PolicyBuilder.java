package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.internal.InvalidValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes a policy in Java, under the same rules as a file's. Paths are spelled as {@link
 * MethodPattern} says. Not safe for use by several threads at once.
 */
public final class PolicyBuilder {

  private final String name;
  private final List<PolicyRule> rules = new ArrayList<>();
  private final List<PlacedPath> publicMethods = new ArrayList<>();
  private final Set<RuleName> names = new HashSet<>();

  PolicyBuilder(String name) {
    requireNonNull(name, "name");
    if (!RuleName.isValid(name)) {
      throw InvalidValue.broken("name", name, RuleName.EXPECTED);
    }
    this.name = name;
  }

  /**
   * Allows one kind of caller some methods, under a rule named after the caller: the plain map from
   * role to methods.
   *
   * @throws IllegalArgumentException if there is no path, or one is invalid
   */
  public PolicyBuilder allow(PrincipalPattern principal, String... paths) {
    requireNonNull(principal, "principal");
    return allow(unused(principal.toString()), List.of(principal), paths);
  }

  /**
   * Allows some callers some methods.
   *
   * @throws IllegalArgumentException if the name is taken or invalid, there is no principal or no
   *     path, or a path is invalid
   */
  public PolicyBuilder allow(
      String rule, Collection<? extends PrincipalPattern> principals, String... paths) {
    return allow(rule, principals, CallConditions.none(), paths);
  }

  /**
   * Allows some callers some methods, where the call itself meets some conditions.
   *
   * @throws IllegalArgumentException if the name is taken or invalid, there is no principal or no
   *     path, or a path is invalid
   */
  public PolicyBuilder allow(
      String rule,
      Collection<? extends PrincipalPattern> principals,
      CallConditions conditions,
      String... paths) {
    return allow(rule, PolicyRule.Source.of(principals), conditions, paths);
  }

  /**
   * Allows some callers some methods, where the caller and the call itself meet some conditions.
   *
   * @throws IllegalArgumentException if the name is taken or invalid, there is no path, or a path
   *     is invalid
   */
  public PolicyBuilder allow(
      String rule, PolicyRule.Source source, CallConditions conditions, String... paths) {
    return add(rule(PolicySection.ALLOW_RULES, rule, source, conditions, paths));
  }

  /**
   * Denies one kind of caller some methods, under a rule named after the caller.
   *
   * @throws IllegalArgumentException if there is no path, or one is invalid
   */
  public PolicyBuilder deny(PrincipalPattern principal, String... paths) {
    requireNonNull(principal, "principal");
    return deny(unused(principal.toString()), List.of(principal), paths);
  }

  /**
   * Denies some callers some methods, whatever the allow rules say.
   *
   * @throws IllegalArgumentException if the name is taken or invalid, there is no principal or no
   *     path, or a path is invalid
   */
  public PolicyBuilder deny(
      String rule, Collection<? extends PrincipalPattern> principals, String... paths) {
    return deny(rule, principals, CallConditions.none(), paths);
  }

  /**
   * Denies some callers some methods, where the call itself meets some conditions.
   *
   * @throws IllegalArgumentException if the name is taken or invalid, there is no principal or no
   *     path, or a path is invalid
   */
  public PolicyBuilder deny(
      String rule,
      Collection<? extends PrincipalPattern> principals,
      CallConditions conditions,
      String... paths) {
    return deny(rule, PolicyRule.Source.of(principals), conditions, paths);
  }

  /**
   * Denies some callers some methods, where the caller and the call itself meet some conditions.
   *
   * @throws IllegalArgumentException if the name is taken or invalid, there is no path, or a path
   *     is invalid
   */
  public PolicyBuilder deny(
      String rule, PolicyRule.Source source, CallConditions conditions, String... paths) {
    return add(rule(PolicySection.DENY_RULES, rule, source, conditions, paths));
  }

  /**
   * Adds a rule as it is written, such as one of another policy. Deny rules come first whatever the
   * order they are added in.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  public PolicyBuilder add(PolicyRule rule) {
    if (!names.add(rule.name())) {
      throw InvalidValue.broken("rule name", rule.name().value(), "a name that no other rule has");
    }
    rules.add(rule);
    return this;
  }

  /**
   * Makes some methods public: they need no caller. Each path names its service.
   *
   * @throws IllegalArgumentException if there is no path, or one is invalid or spans services
   */
  public PolicyBuilder publicMethods(String... paths) {
    if (paths.length == 0) {
      throw new IllegalArgumentException(
          PolicySection.PUBLIC_METHODS + ": no paths (expected: at least one)");
    }
    Stream.of(paths).map(PlacedPath::unplaced).forEach(this::addPublic);
    return this;
  }

  /**
   * Makes the methods of a path public, as it is written.
   *
   * @throws IllegalArgumentException if the path spans services
   */
  public PolicyBuilder addPublic(PlacedPath path) {
    if (!path.pattern().staysInOneService()) {
      throw InvalidValue.broken(
          "public method", path.pattern().text(), MethodPattern.EXPECTED_OF_ONE_SERVICE);
    }
    publicMethods.add(path);
    return this;
  }

  /** The policy so far. */
  public AccessPolicy build() {
    return new AccessPolicy(
        name,
        Stream.concat(of(PolicySection.DENY_RULES), of(PolicySection.ALLOW_RULES)).toList(),
        publicMethods);
  }

  private Stream<PolicyRule> of(PolicySection section) {
    return rules.stream().filter(rule -> rule.section() == section);
  }

  private static PolicyRule rule(
      PolicySection section,
      String name,
      PolicyRule.Source source,
      CallConditions conditions,
      String... paths) {
    return new PolicyRule(
        RuleName.parse(requireNonNull(name, "rule")),
        section,
        source,
        Stream.of(paths).map(PlacedPath::unplaced).toList(),
        conditions,
        Optional.empty());
  }

  private String unused(String wanted) {
    String free = wanted;
    for (int i = 2; names.contains(RuleName.parse(free)); i++) {
      free = wanted + " (" + i + ")";
    }
    return free;
  }
}
