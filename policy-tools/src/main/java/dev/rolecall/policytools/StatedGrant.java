package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.util.Comparator;
import java.util.Optional;

/**
 * A grant that a person states a caller to hold, to ask a policy about: {@code orders-admin}, or
 * {@code orders-admin:orders/eu-west-1} for one resource.
 *
 * @param permission the permission
 * @param resource the resource; empty for a grant that holds for each
 */
public record StatedGrant(PermissionName permission, Optional<ResourceName> resource)
    implements Comparable<StatedGrant> {

  private static final Comparator<StatedGrant> ORDER = Comparator.comparing(StatedGrant::toString);

  /** Checks that nothing is absent. */
  public StatedGrant {
    requireNonNull(permission, "permission");
    requireNonNull(resource, "resource");
  }

  /**
   * Reads one of the spellings above.
   *
   * @throws IllegalArgumentException if the permission or the resource is invalid
   */
  public static StatedGrant parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new StatedGrant(PermissionName.of(text), Optional.empty())
        : new StatedGrant(
            PermissionName.of(text.substring(0, colon)),
            Optional.of(ResourceName.of(text.substring(colon + 1))));
  }

  /**
   * Whether the grant meets what a rule requires. A call that names no resource where the rule asks
   * for one is met by no grant.
   */
  boolean meets(GrantRequirement requirement, CallFacts call) {
    if (!requirement.permission().equals(permission)) {
      return false;
    }
    if (requirement.resource().isEmpty()) {
      return resource.isEmpty();
    }
    Optional<ResourceName> named = requirement.resource().get().of(call);
    return named.isPresent() && (resource.isEmpty() || resource.equals(named));
  }

  @Override
  public int compareTo(StatedGrant other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return permission + resource.map(name -> ":" + name).orElse("");
  }
}
