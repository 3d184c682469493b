package dev.rolecall.policy.grant;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The grant that a rule requires of its caller, as {@code source.requires_grant} has it.
 *
 * <p>A requirement without a resource is met only by a grant without resources, which holds for all
 * of them. One with a resource is met by a grant for that resource, or by one without resources.
 *
 * @param permission the permission that the grant is of
 * @param resource the resource that the call is about
 */
public record GrantRequirement(PermissionName permission, Optional<ResourceTemplate> resource) {

  /** Checks that nothing is absent. */
  public GrantRequirement {
    requireNonNull(permission, "permission");
    requireNonNull(resource, "resource");
  }

  /**
   * The requirement of a grant without resources.
   *
   * @throws IllegalArgumentException if the name is no permission's
   */
  public static GrantRequirement of(String permission) {
    return new GrantRequirement(PermissionName.of(permission), Optional.empty());
  }

  /**
   * The requirement of a grant for the resource that a call is about.
   *
   * @throws IllegalArgumentException if the name is no permission's, or the template is invalid
   */
  public static GrantRequirement of(String permission, String resource) {
    return new GrantRequirement(
        PermissionName.of(permission), Optional.of(ResourceTemplate.parse(resource)));
  }

  /** The permission, and after a space the resource where there is one. */
  @Override
  public String toString() {
    return resource.map(name -> permission + " " + name).orElse(permission.toString());
  }
}
