package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A permission, as a whole or for some resources.
 *
 * @param permission the permission
 * @param resources the resources, sorted and each once; none for the permission as a whole; at most
 *     100
 */
public record Scope(PermissionName permission, List<ResourceName> resources) {

  /** The most resources that a scope has. */
  public static final int MOST_RESOURCES = 100;

  /**
   * Sorts the resources.
   *
   * @throws IllegalArgumentException if there are more than {@link #MOST_RESOURCES}
   */
  public Scope {
    requireNonNull(permission, "permission");
    resources = resources.stream().distinct().sorted().toList();
    if (resources.size() > MOST_RESOURCES) {
      throw new IllegalArgumentException(
          "resources: " + resources.size() + " (expected: at most " + MOST_RESOURCES + ")");
    }
  }

  /** A permission as a whole. */
  public static Scope of(PermissionName permission) {
    return new Scope(permission, List.of());
  }

  /** Whether it is the permission for every resource. */
  public boolean isWhole() {
    return resources.isEmpty();
  }

  /** Whether all of the other is in this one. */
  public boolean includes(Scope other) {
    return permission.equals(other.permission)
        && (isWhole() || (!other.isWhole() && Set.copyOf(resources).containsAll(other.resources)));
  }

  /** The part that is in both; empty if they share nothing. */
  public Optional<Scope> intersection(Scope other) {
    if (!permission.equals(other.permission)) {
      return Optional.empty();
    }
    if (isWhole()) {
      return Optional.of(other);
    }
    if (other.isWhole()) {
      return Optional.of(this);
    }
    List<ResourceName> common =
        resources.stream().filter(Set.copyOf(other.resources)::contains).toList();
    return common.isEmpty() ? Optional.empty() : Optional.of(new Scope(permission, common));
  }
}
