package dev.rolecall.policy;

import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RolePattern;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule: it matches when one of its principals and one of its paths do. Literals are looked up,
 * so a rule that lists a thousand roles costs no more than one that lists two.
 */
final class PolicyRule {

  /** Stands in for an id where no pattern that would look at it is left. */
  private static final RoleId NOT_LOOKED_AT = RoleId.parse("AROA" + "0".repeat(17));

  private final RuleName name;
  private final PolicySection section;
  private final List<PlacedPath> paths;
  private final Optional<Position> at;

  private final Set<RoleArn> exactRoles = new HashSet<>();
  private final List<RolePattern> otherRoles;
  private final PathSet pathSet;

  PolicyRule(
      RuleName name,
      PolicySection section,
      List<RolePattern> principals,
      List<PlacedPath> paths,
      Optional<Position> at) {
    this.name = name;
    this.section = section;
    this.paths = List.copyOf(paths);
    this.at = at;
    for (RolePattern principal : principals) {
      if (principal instanceof RolePattern.ExactRole exact) {
        exactRoles.add(exact.role());
      }
    }
    this.otherRoles =
        principals.stream().filter(p -> !(p instanceof RolePattern.ExactRole)).toList();
    this.pathSet = PathSet.of(paths);
  }

  RuleName name() {
    return name;
  }

  PolicySection section() {
    return section;
  }

  List<PlacedPath> paths() {
    return paths;
  }

  Optional<Position> at() {
    return at;
  }

  boolean matches(RoleArn role, Optional<RoleId> id, MethodPath method) {
    return matchesMethod(method) && matchesRole(role, id);
  }

  boolean matchesMethod(MethodPath method) {
    return pathSet.contains(method);
  }

  /** Without an id, what is pinned to one does not match. */
  boolean matchesRole(RoleArn role, Optional<RoleId> id) {
    if (exactRoles.contains(role)) {
      return true;
    }
    for (RolePattern principal : otherRoles) {
      if (id.isEmpty() && principal instanceof RolePattern.PinnedRole) {
        continue;
      }
      if (principal.matches(role, id.orElse(NOT_LOOKED_AT))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a principal means {@code role} under some unique id. */
  boolean pins(RoleArn role) {
    return otherRoles.stream()
        .anyMatch(p -> p instanceof RolePattern.PinnedRole pinned && pinned.role().equals(role));
  }
}
