package dev.rolecall.access.grant;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The grants of a server that follows none. It has no state. */
enum NoGrants implements Grants, Holding {
  /** The only one: of every caller. */
  ALL;

  @Override
  public void require(Set<PermissionName> permissions) {}

  @Override
  public Holding holding(
      Caller caller, PermissionName permission, Optional<ResourceName> resource) {
    return this;
  }

  @Override
  public Holding holdingByToken(
      Caller caller, String token, PermissionName permission, Optional<ResourceName> resource) {
    return this;
  }

  @Override
  public boolean isLocked(Caller caller) {
    return false;
  }

  @Override
  public int lockRound() {
    return 0;
  }

  @Override
  public Registration onChange(Runnable listener) {
    return () -> {};
  }

  @Override
  public void close() {}

  @Override
  public boolean isHeld() {
    return false;
  }

  @Override
  public long endTicks() {
    return NEVER;
  }

  @Override
  public Instant end() {
    return Instant.MAX;
  }

  @Override
  public RefusalReason reason() {
    return RefusalReason.GRANT_REQUIRED;
  }

  @Override
  public boolean isExtendable() {
    return false;
  }
}
