package dev.rolecall.grants;

import static dev.rolecall.identity.RefusalReason.CALLER_LOCKED;
import static dev.rolecall.identity.RefusalReason.GRANTS_STALE;
import static dev.rolecall.identity.RefusalReason.GRANT_REQUIRED;
import static dev.rolecall.identity.RefusalReason.GRANT_REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.grant.Holding;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.grants.v1.Locked;
import dev.rolecall.policy.grant.PermissionName;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Permissions whose grants have not come yet: nothing is known of them, which is an outage. */
final class CoveredPermissionsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final PermissionName AUDIT = PermissionName.of("orders-audit");

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Holding audit() {
    return bench.grants().holding(Bench.caller(), AUDIT, Optional.empty());
  }

  private FeedMessage.Builder allThereIs(GrantState.Builder... grants) {
    FeedMessage.Builder message = bench.heartbeat().setReset(true);
    for (GrantState.Builder grant : grants) {
      message.addGrants(grant.setRevision(1));
    }
    return message;
  }

  private GrantState.Builder auditGrant() {
    return bench.roleGrant("g2", HOUR).setPermission(AUDIT.value());
  }

  @Test
  void permission_requiredLater_isStaleUntilAllItsGrantsHaveCome() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    Holding holding = audit();
    bench.grants().require(Set.of(Bench.ADMIN, AUDIT));
    int changes = bench.changes();

    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(GRANTS_STALE);
    assertThat(holding.isAwaited()).isTrue();
    assertThat(bench.isHeld()).isTrue();

    bench.node.say(allThereIs(bench.roleGrant("g1", HOUR), auditGrant()).setMore(true));
    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(GRANTS_STALE);
    assertThat(holding.isAwaited()).isTrue();
    bench.node.say(bench.heartbeat());

    assertThat(holding.isHeld()).isTrue();
    assertThat(holding.isAwaited()).isFalse();
    assertThat(bench.changes()).isEqualTo(changes + 1);
  }

  @Test
  void permission_requiredLaterAndNotGranted_isRequiredOnceAllHasCome() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    Holding holding = audit();
    bench.grants().require(Set.of(Bench.ADMIN, AUDIT));
    assertThat(holding.reason()).isEqualTo(GRANTS_STALE);

    bench.node.say(allThereIs(bench.roleGrant("g1", HOUR)));

    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(GRANT_REQUIRED);
    assertThat(holding.isAwaited()).isFalse();
  }

  @Test
  void permission_thatDoesNotCome_isAwaitedForFiveSeconds() {
    bench.follow(feed -> feed.staleness(Staleness.BEST_EFFORT));
    bench.tell(bench.roleGrant("g1", HOUR));
    bench.node.refuse(Status.UNAVAILABLE);
    bench.grants().require(Set.of(Bench.ADMIN, AUDIT));
    bench.scheduler.pass(Duration.ofMillis(4_999));
    // The same policy once more wins no time.
    bench.grants().require(Set.of(Bench.ADMIN, AUDIT));
    assertThat(audit().isAwaited()).isTrue();

    bench.scheduler.pass(Duration.ofMillis(1));

    assertThat(audit().isAwaited()).isFalse();
    assertThat(audit().reason()).isEqualTo(GRANTS_STALE);
    assertThat(bench.isHeld()).isTrue();
  }

  @Test
  void permission_ofALockedCaller_isNotAwaited() {
    bench.follow();
    bench.tell(Bench.lock("l1", Locked.newBuilder().setPrincipal(Bench.ARN)));
    bench.grants().require(Set.of(Bench.ADMIN, AUDIT));

    assertThat(audit().isAwaited()).isFalse();
    assertThat(audit().reason()).isEqualTo(CALLER_LOCKED);
  }

  @Test
  void allThereIs_inParts_isStaleUntilTheLast() {
    bench.follow();
    FeedMessage.Builder part = bench.message().setReset(true).setMore(true);

    bench.node.say(part.addGrants(bench.personGrant("g2", "bob@corp", HOUR).setRevision(1)));

    assertThat(bench.isHeld()).isFalse();
    assertThat(bench.holding(Bench.caller()).reason()).isEqualTo(GRANTS_STALE);
    bench.node.say(bench.heartbeat().addGrants(bench.roleGrant("g1", HOUR).setRevision(1)));
    assertThat(bench.isHeld()).isTrue();
  }

  @Test
  void permission_requiredAgain_isNotTakenFromWhatWasKnownBefore() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    bench.grants().require(Set.of(AUDIT));
    bench.node.say(allThereIs(auditGrant()));
    bench.node.cut(Status.UNAVAILABLE);
    bench.scheduler.pass(Duration.ofMillis(200));
    bench.message();
    bench.node.say(bench.heartbeat());
    assertThat(audit().isHeld()).isTrue();

    // Meanwhile the grant was revoked, which was not for this server.
    bench.grants().require(Set.of(AUDIT, Bench.ADMIN));
    assertThat(bench.isHeld()).isFalse();
    assertThat(bench.holding(Bench.caller()).reason()).isEqualTo(GRANTS_STALE);
    bench.node.say(allThereIs(bench.roleGrant("g1", HOUR).setRevoked(true), auditGrant()));

    assertThat(bench.holding(Bench.caller()).reason()).isEqualTo(GRANT_REVOKED);
  }
}
