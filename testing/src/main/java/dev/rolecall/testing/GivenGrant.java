package dev.rolecall.testing;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A grant and how long it holds. Its end changes under the lock of {@link GivenGrants}, and is read
 * without.
 */
final class GivenGrant {

  private final GrantHolder holder;
  private final PermissionName permission;
  private final Set<ResourceName> resources;
  private volatile Term term = new Term(Long.MIN_VALUE, Instant.EPOCH, false);

  GivenGrant(GrantHolder holder, PermissionName permission, Set<ResourceName> resources) {
    this.holder = holder;
    this.permission = permission;
    this.resources = resources;
  }

  /**
   * The time that it holds for.
   *
   * @param endTicks its end by the ticker of the test's clock
   * @param end the same as a time
   * @param revoked whether it was taken back before
   */
  record Term(long endTicks, Instant end, boolean revoked) {

    boolean holdsAt(long ticks) {
      return !revoked && ticks - endTicks < 0;
    }
  }

  /** Whether it is of that caller and permission, and of the resource where one is asked for. */
  boolean isFor(Caller caller, PermissionName asked, Optional<ResourceName> resource) {
    return permission.equals(asked)
        && holder.is(caller)
        && (resources.isEmpty() || resource.map(resources::contains).orElse(false));
  }

  Term term() {
    return term;
  }

  void hold(Term changed) {
    term = changed;
  }
}
