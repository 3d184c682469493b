package dev.rolecall.policy;

import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RolePattern;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule compiled for decisions. Literals are looked up, so a rule that lists a thousand roles
 * costs no more than one that lists two. The decision is made once, for all callers that match.
 */
final class CompiledRule {

  private final Set<RoleArn> exactRoles = new HashSet<>();
  private final List<RolePattern> otherRoles;
  private final PathSet paths;
  private final Decision decision;

  CompiledRule(PolicyRule rule) {
    for (RolePattern principal : rule.principals()) {
      if (principal instanceof RolePattern.ExactRole exact) {
        exactRoles.add(exact.role());
      }
    }
    this.otherRoles =
        rule.principals().stream().filter(p -> !(p instanceof RolePattern.ExactRole)).toList();
    this.paths = PathSet.of(rule.paths());
    this.decision =
        rule.section() == PolicySection.ALLOW_RULES
            ? new Decision.Allowed(rule.name(), new Validity.ForCaller())
            : new Decision.Denied(Optional.of(rule.name()), new Validity.ForCaller());
  }

  /** The decision on every call that the rule matches. */
  Decision decision() {
    return decision;
  }

  boolean matches(RoleArn role, Optional<RoleId> id, MethodPath method) {
    return paths.contains(method) && matchesRole(role, id);
  }

  /** Without an id, a principal pinned to one does not match. */
  boolean matchesRole(RoleArn role, Optional<RoleId> id) {
    if (exactRoles.contains(role)) {
      return true;
    }
    for (RolePattern principal : otherRoles) {
      if (PolicyRule.matches(principal, role, id)) {
        return true;
      }
    }
    return false;
  }
}
