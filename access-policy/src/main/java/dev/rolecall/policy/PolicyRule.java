package dev.rolecall.policy;

import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RolePattern;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One rule: it matches when one of its principals and one of its paths do. Literals are looked up,
 * so a rule that lists a thousand roles costs no more than one that lists two.
 */
final class PolicyRule {

  /** Stands in for an id where no pattern that would look at it is left. */
  private static final RoleId NOT_LOOKED_AT = RoleId.parse("AROA" + "0".repeat(17));

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
      if (matches(principal, role, id)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(RolePattern principal, RoleArn role, Optional<RoleId> id) {
    return !(id.isEmpty() && principal instanceof RolePattern.PinnedRole)
        && principal.matches(role, id.orElse(NOT_LOOKED_AT));
  }

  /** The principals that mean the caller, as written; for people, one by one. */
  Stream<RolePattern> principalsMatching(RoleArn role, Optional<RoleId> id) {
    return principals.stream().filter(principal -> matches(principal, role, id));
  }

  /** The paths that mean the method, as written. */
  Stream<PlacedPath> pathsMatching(MethodPath method) {
    return paths.stream().filter(path -> path.pattern().matches(method));
  }

  /** What of it matches; empty if it does not. */
  Optional<MatchedClause> clauseMatching(RoleArn role, Optional<RoleId> id, MethodPath method) {
    return principalsMatching(role, id)
        .findFirst()
        .flatMap(
            principal ->
                pathsMatching(method)
                    .findFirst()
                    .map(path -> new MatchedClause(principal, path.pattern(), path.at())));
  }

  /** Whether a principal means {@code role} under some unique id. */
  boolean pins(RoleArn role) {
    return otherRoles.stream()
        .anyMatch(p -> p instanceof RolePattern.PinnedRole pinned && pinned.role().equals(role));
  }
}
