package dev.rolecall.grants.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.util.Optional;
import java.util.Set;

/**
 * The scope of a grant token: a permission, and the resources that it is for.
 *
 * @param permission the permission
 * @param resources the resources, at most 100; none for all of them
 */
public record GrantScope(PermissionName permission, Set<ResourceName> resources) {

  /** The most resources of a token. */
  public static final int MOST_RESOURCES = 100;

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if there are too many resources
   */
  public GrantScope {
    requireNonNull(permission, "permission");
    resources = Set.copyOf(resources);
    if (resources.size() > MOST_RESOURCES) {
      throw new IllegalArgumentException(
          "resources: " + resources.size() + " (expected: at most " + MOST_RESOURCES + ")");
    }
  }

  /**
   * Whether it meets a requirement of that permission.
   *
   * @param resource empty where only a grant without resources will do
   */
  public boolean covers(PermissionName wanted, Optional<ResourceName> resource) {
    return permission.equals(wanted)
        && (resources.isEmpty() || resource.filter(resources::contains).isPresent());
  }
}
