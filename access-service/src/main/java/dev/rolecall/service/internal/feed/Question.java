package dev.rolecall.service.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.util.Optional;

/**
 * A question of a server that follows no grants.
 *
 * @param caller the caller as that server has proven it
 * @param permission the permission that it should hold
 * @param resource the resource that its call is about; empty where only a grant without resources
 *     will do
 */
public record Question(Caller caller, PermissionName permission, Optional<ResourceName> resource) {

  /** Checks that nothing is absent. */
  public Question {
    requireNonNull(caller, "caller");
    requireNonNull(permission, "permission");
    requireNonNull(resource, "resource");
  }
}
