package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.Subject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rules of an access service: who may ask for what, and who says yes. Immutable.
 *
 * @param people the people of the directories
 * @param rules the rules by permission, at least one
 * @param admins the parties that may see all, revoke and lock
 * @param enforcers the servers that may follow the grants of all
 * @param waitingAlert how long a request may wait before it counts as waiting too long
 */
public record AccessRules(
    People people,
    Map<PermissionName, AccessRule> rules,
    List<Party> admins,
    List<PrincipalPattern> enforcers,
    Duration waitingAlert) {

  /** How long a request may wait where nothing else is said. */
  public static final Duration WAITING_ALERT = Duration.ofMinutes(30);

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if there is no rule
   */
  public AccessRules {
    requireNonNull(people, "people");
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("rules: none (expected: at least one)");
    }
    rules = Collections.unmodifiableMap(new TreeMap<>(rules));
    admins = List.copyOf(admins);
    enforcers = List.copyOf(enforcers);
    requireNonNull(waitingAlert, "waitingAlert");
  }

  /** The rule of that permission. */
  public Optional<AccessRule> rule(PermissionName permission) {
    return Optional.ofNullable(rules.get(permission));
  }

  /** Whether the subject is an administrator. */
  public boolean isAdmin(Subject subject) {
    return admins.stream().anyMatch(party -> party.means(subject));
  }

  /** Whether the caller is a server that may follow grants. */
  public boolean isEnforcer(Caller caller) {
    return enforcers.stream().anyMatch(pattern -> pattern.matches(caller));
  }
}
