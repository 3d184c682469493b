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

  private final RuleName name;
  private final PolicySection section;
  private final List<RolePattern> principals;
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
    this.principals = List.copyOf(principals);
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

  List<RolePattern> principals() {
    return principals;
  }

  List<PlacedPath> paths() {
    return paths;
  }

  Optional<Position> at() {
    return at;
  }

  boolean matches(RoleArn role, RoleId id, MethodPath method) {
    return matchesMethod(method) && matchesRole(role, id);
  }

  boolean matchesMethod(MethodPath method) {
    return pathSet.contains(method);
  }

  private boolean matchesRole(RoleArn role, RoleId id) {
    if (exactRoles.contains(role)) {
      return true;
    }
    for (RolePattern principal : otherRoles) {
      if (principal.matches(role, id)) {
        return true;
      }
    }
    return false;
  }
}
