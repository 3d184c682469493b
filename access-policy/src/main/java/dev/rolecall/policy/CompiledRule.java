package dev.rolecall.policy;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.ApiClientPattern;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.PrincipalPattern;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RolePattern;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.condition.CallFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule compiled for decisions. Literals are looked up, so a rule that lists a thousand roles
 * costs no more than one that lists two. Its decisions are made once: one for all calls that match,
 * and one for the single call whose facts were read on the way to it.
 */
final class CompiledRule {

  private final Set<RoleArn> exactRoles = new HashSet<>();
  private final List<RolePattern> otherRoles = new ArrayList<>();
  private final Set<ApiClient> clients = new HashSet<>();
  private final PathSet paths;
  private final CallConditions conditions;
  private final boolean deny;
  private final Decision forCaller;
  private final Decision forThisCall;

  CompiledRule(PolicyRule rule) {
    rule.principals().forEach(this::add);
    this.paths = PathSet.of(rule.paths());
    this.conditions = rule.conditions();
    this.deny = rule.section() == PolicySection.DENY_RULES;
    this.forCaller = decision(rule.name(), new Validity.ForCaller());
    this.forThisCall = decision(rule.name(), new Validity.ThisCallOnly());
  }

  private Decision decision(RuleName name, Validity validity) {
    return deny
        ? new Decision.Denied(Optional.of(name), validity)
        : new Decision.Allowed(name, validity);
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

  /**
   * The decision on a call that the rule matches.
   *
   * @param readsCall whether the facts of the call were read on the way to it
   */
  Decision decision(boolean readsCall) {
    return readsCall ? forThisCall : forCaller;
  }

  /** Whether the rule has conditions, so that it reads the facts of a call. */
  boolean readsCall() {
    return !conditions.isNone();
  }

  /** Whether the conditions hold for a call; what is unknown denies. */
  boolean holdsFor(CallFacts call) {
    return conditions.hold(call, deny);
  }

  /** Whether the rule means the caller and the method, whatever its conditions. */
  boolean means(ApiClient client, MethodPath method) {
    return paths.contains(method) && clients.contains(client);
  }

  /** Whether the rule means the caller and the method, whatever its conditions. */
  boolean means(RoleArn role, Optional<RoleId> id, MethodPath method) {
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
