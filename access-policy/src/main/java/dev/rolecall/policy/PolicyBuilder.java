package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RolePattern;
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
  private final List<PolicyRule> denyRules = new ArrayList<>();
  private final List<PolicyRule> allowRules = new ArrayList<>();
  private final List<PlacedPath> publicMethods = new ArrayList<>();
  private final Set<RuleName> names = new HashSet<>();

  PolicyBuilder(String name) {
    requireNonNull(name, "name");
    if (!RuleName.isValid(name)) {
      throw Shown.broken("name", name, RuleName.EXPECTED);
    }
    this.name = name;
  }

  /**
   * Allows one kind of caller some methods, under a rule named after the caller: the plain map from
   * role to methods.
   *
   * @throws IllegalArgumentException if there is no path, or a path is none
   */
  public PolicyBuilder allow(RolePattern principal, String... paths) {
    requireNonNull(principal, "principal");
    return allow(unused(principal.toString()), List.of(principal), paths);
  }

  /**
   * Allows some callers some methods.
   *
   * @throws IllegalArgumentException if the name is taken or none, there is no principal or no
   *     path, or a path is none
   */
  public PolicyBuilder allow(String rule, Collection<RolePattern> principals, String... paths) {
    allowRules.add(rule(PolicySection.ALLOW_RULES, rule, principals, paths));
    return this;
  }

  /**
   * Denies one kind of caller some methods, under a rule named after the caller.
   *
   * @throws IllegalArgumentException if there is no path, or a path is none
   */
  public PolicyBuilder deny(RolePattern principal, String... paths) {
    requireNonNull(principal, "principal");
    return deny(unused(principal.toString()), List.of(principal), paths);
  }

  /**
   * Denies some callers some methods, whatever the allow rules say.
   *
   * @throws IllegalArgumentException if the name is taken or none, there is no principal or no
   *     path, or a path is none
   */
  public PolicyBuilder deny(String rule, Collection<RolePattern> principals, String... paths) {
    denyRules.add(rule(PolicySection.DENY_RULES, rule, principals, paths));
    return this;
  }

  /**
   * Lets anyone call some methods without saying who they are. Each path names its service.
   *
   * @throws IllegalArgumentException if there is no path, a path is none, or it spans services
   */
  public PolicyBuilder publicMethods(String... paths) {
    for (PlacedPath path : placed(PolicySection.PUBLIC_METHODS.key(), paths)) {
      if (!path.pattern().staysInOneService()) {
        throw Shown.broken("public method", path.pattern().text(), PathRules.ONE_SERVICE);
      }
      publicMethods.add(path);
    }
    return this;
  }

  /** The policy so far. */
  public AccessPolicy build() {
    return new AccessPolicy(name, denyRules, allowRules, publicMethods);
  }

  private PolicyRule rule(
      PolicySection section, String name, Collection<RolePattern> principals, String... paths) {
    RuleName ruleName = RuleName.parse(requireNonNull(name, "rule"));
    if (principals.isEmpty()) {
      throw new IllegalArgumentException(
          "rule " + Shown.quoted(name) + ": no principals (expected: at least one)");
    }
    List<PlacedPath> placed = placed("rule " + Shown.quoted(name), paths);
    if (!names.add(ruleName)) {
      throw Shown.broken("rule name", name, "a name that no other rule has");
    }
    return new PolicyRule(ruleName, section, List.copyOf(principals), placed, Optional.empty());
  }

  private static List<PlacedPath> placed(String what, String... paths) {
    if (paths.length == 0) {
      throw new IllegalArgumentException(what + ": no paths (expected: at least one)");
    }
    return Stream.of(paths).map(PlacedPath::unplaced).toList();
  }

  private String unused(String wanted) {
    String free = wanted;
    for (int i = 2; names.contains(RuleName.parse(free)); i++) {
      free = wanted + " (" + i + ")";
    }
    return free;
  }
}
