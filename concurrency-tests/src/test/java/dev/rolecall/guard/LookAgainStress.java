package dev.rolecall.guard;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.rolecall.access.grant.GrantedRight;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.Decision.GrantedRule;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A call that is added to the live ones while its grant is revoked: what the caller's side does
 * with it, and whether the walk that follows the revocation sees it.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "asks for a walk, after one that saw nothing")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "asks for a walk, and was seen by one")
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "lives on until the walk ends it")
@Outcome(id = "2, 0", expect = FORBIDDEN, desc = "lives on, and no walk has seen it")
@State
public class LookAgainStress {

  private static final List<List<GrantedRule>> CHOICES =
      List.of(
          List.of(
              new GrantedRule(RuleName.parse("by grant"), GrantRequirement.of("orders-admin"))));

  private volatile boolean revoked;
  private volatile long changes;
  private volatile boolean added;

  private final GrantedRight right =
      GrantedRight.of(CHOICES, new OneGrant(), Parts.CALLER, CallFacts.unknown());

  @Actor
  public void call(II_Result result) {
    if (right.heldUntil() == GrantedRight.NOT_HELD) {
      return;
    }
    added = true;
    result.r1 = right.heldUntilUnlessChanged() == GrantedRight.NOT_HELD ? 1 : 2;
  }

  @Actor
  public void revoke(II_Result result) {
    revoked = true;
    changes = 1;
    result.r2 = added ? 1 : 0;
  }

  private final class OneGrant implements Grants, Holding {

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
    public long changes() {
      return changes;
    }

    @Override
    public Registration onChange(Runnable listener) {
      return () -> {};
    }

    @Override
    public void close() {}

    @Override
    public boolean isHeld() {
      return !revoked;
    }

    @Override
    public long endTicks() {
      return 1;
    }

    @Override
    public Instant end() {
      return Instant.MAX;
    }

    @Override
    public RefusalReason reason() {
      return RefusalReason.GRANT_REVOKED;
    }

    @Override
    public boolean isExtendable() {
      return true;
    }
  }
}
