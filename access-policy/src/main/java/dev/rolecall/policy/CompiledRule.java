package dev.rolecall.policy;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.ApiClientPattern;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.PrincipalPattern;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RolePattern;
import java.util.ArrayList;
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
  private final List<RolePattern> otherRoles = new ArrayList<>();
  private final Set<ApiClient> clients = new HashSet<>();
  private final PathSet paths;
  private final Decision decision;

  CompiledRule(PolicyRule rule) {
    rule.principals().forEach(this::add);
    this.paths = PathSet.of(rule.paths());
    this.decision =
        rule.section() == PolicySection.ALLOW_RULES
            ? new Decision.Allowed(rule.name(), new Validity.ForCaller())
            : new Decision.Denied(Optional.of(rule.name()), new Validity.ForCaller());
  }

  private void add(PrincipalPattern principal) {
    if (principal instanceof RolePattern.ExactRole exact) {
      exactRoles.add(exact.role());
    } else if (principal instanceof RolePattern pattern) {
      otherRoles.add(pattern);
    } else if (principal instanceof ApiClientPattern exact) {
      clients.add(exact.client());
    } else {
      throw new AssertionError(principal);
    }
  }

  /** The decision on every call that the rule matches. */
  Decision decision() {
    return decision;
  }

  boolean matches(ApiClient client, MethodPath method) {
    return paths.contains(method) && clients.contains(client);
  }

  boolean matches(RoleArn role, Optional<RoleId> id, MethodPath method) {
    return paths.contains(method) && matchesRole(role, id);
  }

  boolean matchesPrincipal(Principal principal) {
    return principal.fold(
        role -> matchesRole(role.arn(), Optional.of(role.id())), clients::contains);
  }

  /** Without an id, a principal pinned to one does not match. */
  private boolean matchesRole(RoleArn role, Optional<RoleId> id) {
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
