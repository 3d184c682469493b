package dev.rolecall.testing;

import dev.rolecall.access.grant.Holding;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.testing.GivenGrant.Term;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A permission that a caller may hold, looked up anew each time. */
final class TestHolding implements Holding {

  private final OpenTestGrants grants;
  private final Caller caller;
  private final PermissionName permission;
  private final Optional<ResourceName> resource;

  TestHolding(
      OpenTestGrants grants,
      Caller caller,
      PermissionName permission,
      Optional<ResourceName> resource) {
    this.grants = grants;
    this.caller = caller;
    this.permission = permission;
    this.resource = resource;
  }

  /** The one that ends last of those that hold. */
  private Optional<Term> last() {
    GivenGrants given = grants.given();
    long now = given.now();
    return given
        .terms(caller, permission, resource)
        .filter(term -> term.holdsAt(now))
        .max(Comparator.comparing(Term::end));
  }

  @Override
  public boolean isHeld() {
    return !grants.isStale() && !grants.isLocked(caller) && last().isPresent();
  }

  @Override
  public long endTicks() {
    return last().map(term -> grants.guardTicks(term.endTicks())).orElse(NEVER);
  }

  @Override
  public Instant end() {
    return last().map(Term::end).orElse(Instant.MAX);
  }

  @Override
  public RefusalReason reason() {
    if (grants.isLocked(caller)) {
      return RefusalReason.CALLER_LOCKED;
    }
    if (grants.isStale()) {
      return RefusalReason.GRANTS_STALE;
    }
    List<Term> known = grants.given().terms(caller, permission, resource).toList();
    if (known.isEmpty()) {
      return RefusalReason.GRANT_REQUIRED;
    }
    return known.stream().anyMatch(Term::revoked)
        ? RefusalReason.GRANT_REVOKED
        : RefusalReason.GRANT_EXPIRED;
  }

  @Override
  public boolean isExtendable() {
    return true;
  }
}
