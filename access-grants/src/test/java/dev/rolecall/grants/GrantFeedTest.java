package dev.rolecall.grants;

import static dev.rolecall.identity.RefusalReason.GRANTS_STALE;
import static dev.rolecall.identity.RefusalReason.GRANT_EXPIRED;
import static dev.rolecall.identity.RefusalReason.GRANT_REQUIRED;
import static dev.rolecall.identity.RefusalReason.GRANT_REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.grant.Holding;
import dev.rolecall.grants.v1.Holder;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.testsupport.CapturedLog;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Grants as a server knows them by the news of a feed. */
final class GrantFeedTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void holding_ofGrantToRole_isHeldUntilItsEnd() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofSeconds(10)));
    Holding holding = bench.holding(Bench.caller());

    assertThat(holding.isHeld()).isTrue();
    assertThat(holding.end()).isEqualTo(bench.service().plusSeconds(10));
    assertThat(holding.endTicks() - bench.time.nanos()).isEqualTo(10_000_000_000L);
    assertThat(holding.isExtendable()).isTrue();

    bench.pass(Duration.ofMillis(9_999));
    assertThat(holding.isHeld()).isTrue();
    bench.pass(Duration.ofMillis(1));
    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(GRANT_EXPIRED);
  }

  @Test
  void holding_beforeAnyNews_isStale() {
    bench.follow();

    assertThat(bench.isHeld()).isFalse();
    assertThat(bench.holding(Bench.caller()).reason()).isEqualTo(GRANTS_STALE);
  }

  @Test
  void holding_withoutGrant_isRequired() {
    bench.follow();
    bench.node.say(bench.message());

    assertThat(bench.isHeld()).isFalse();
    assertThat(bench.holding(Bench.caller()).reason()).isEqualTo(GRANT_REQUIRED);
  }

  @Test
  void holding_ofRevokedGrant_saysSoUntilItsOriginalEnd() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    Holding holding = bench.holding(Bench.caller());
    assertThat(holding.isHeld()).isTrue();

    bench.tell(bench.roleGrant("g1", HOUR).setRevoked(true));

    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(GRANT_REVOKED);
    assertThat(bench.holding(Bench.caller()).reason()).isEqualTo(GRANT_REVOKED);
    bench.pass(HOUR);
    assertThat(bench.holding(Bench.caller()).reason()).isEqualTo(GRANT_REVOKED);
    bench.pass(Duration.ofMinutes(7));
    assertThat(bench.holding(Bench.caller()).reason()).isEqualTo(GRANT_REQUIRED);
    assertThat(holding.reason()).isEqualTo(GRANT_REVOKED);
  }

  @Test
  void holding_ofTwoGrants_lastsToTheLaterEnd() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofSeconds(10)));
    bench.tell(bench.personGrant("g2", "alice@corp", Duration.ofSeconds(20)));
    Holding holding = bench.holding(Bench.caller());

    assertThat(holding.end()).isEqualTo(bench.service().plusSeconds(20));
    bench.tell(bench.personGrant("g2", "alice@corp", Duration.ofSeconds(20)).setRevoked(true));
    assertThat(holding.isHeld()).isTrue();
    assertThat(holding.end()).isEqualTo(bench.service().plusSeconds(10));
    bench.pass(Duration.ofSeconds(10));
    assertThat(holding.isHeld()).isFalse();
  }

  @Test
  void holding_ofExtendedGrant_lastsLonger() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofSeconds(10)));
    Holding holding = bench.holding(Bench.caller());
    assertThat(holding.isHeld()).isTrue();

    bench.pass(Duration.ofSeconds(9));
    bench.tell(bench.roleGrant("g1", Duration.ofSeconds(30)).setVersion(2));
    bench.pass(Duration.ofSeconds(29));

    assertThat(holding.isHeld()).isTrue();
    bench.pass(Duration.ofSeconds(1));
    assertThat(holding.isHeld()).isFalse();
  }

  @Test
  void holding_ofScheduledGrant_startsByTimeWithoutNews() {
    bench.follow();
    long start = bench.serviceMillis() + 3_000;
    bench.tell(bench.roleGrant("g1", HOUR).setStartsAtMs(start));
    Holding holding = bench.holding(Bench.caller());

    bench.scheduler.pass(Duration.ofMillis(2_999));
    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(GRANT_REQUIRED);
    bench.scheduler.pass(Duration.ofMillis(1));
    assertThat(holding.isHeld()).isTrue();
  }

  @Test
  void holding_ofLapWithoutGap_goesOnWithTheScheduledGrant() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofSeconds(3)));
    bench.tell(bench.roleGrant("g2", HOUR).setStartsAtMs(bench.serviceMillis() + 2_000));
    Holding holding = bench.holding(Bench.caller());
    assertThat(holding.end()).isEqualTo(bench.service().plusSeconds(3));

    bench.scheduler.pass(Duration.ofSeconds(3));

    assertThat(holding.isHeld()).isTrue();
    assertThat(holding.end()).isEqualTo(bench.service().minusSeconds(3).plus(HOUR));
  }

  @Test
  void holding_ofResource_needsAGrantForItOrForAll() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR).addResources("orders/eu"));

    assertThat(bench.holding(Bench.caller(), "orders/eu").isHeld()).isTrue();
    assertThat(bench.holding(Bench.caller(), "orders/us").isHeld()).isFalse();
    assertThat(bench.holding(Bench.caller(), "orders").isHeld()).isFalse();
    assertThat(bench.isHeld()).isFalse();

    bench.tell(bench.roleGrant("g2", HOUR));
    assertThat(bench.holding(Bench.caller(), "orders/us").isHeld()).isTrue();
    assertThat(bench.isHeld()).isTrue();
  }

  @Test
  void holding_ofAnotherPermission_isNotHeld() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));

    assertThat(
            bench
                .grants()
                .holding(Bench.caller(), PermissionName.of("orders-audit"), Optional.empty())
                .isHeld())
        .isFalse();
  }

  @Test
  void holding_ofSubject_isMatchedByItsText() {
    bench.follow();
    bench.tell(
        bench.roleGrant("g1", HOUR).setHolder(Holder.newBuilder().setPrincipal("oidc:okta:0oa1")));

    assertThat(bench.holding(Bench.subject("0oa1")).isHeld()).isTrue();
    assertThat(bench.holding(Bench.subject("0oa2")).isHeld()).isFalse();
    assertThat(bench.isHeld()).isFalse();
  }

  @Test
  void holding_ofRoleOfUnknownId_isNeverHeld() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    bench.tell(bench.roleGrant("g2", HOUR).setHolder(Holder.newBuilder().setPrincipal(Bench.ARN)));

    assertThat(bench.holding(Bench.callerOfUnknown()).isHeld()).isFalse();
  }

  @Test
  void require_ofMore_followsAnewAndKeepsWhatHolds() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    bench.node.say(bench.message());
    PermissionName audit = PermissionName.of("orders-audit");

    bench.grants().require(Set.of(Bench.ADMIN, audit));

    assertThat(bench.node.ended()).isEqualTo(1);
    assertThat(bench.node.lastSubscription().getPermissionsList())
        .containsExactlyInAnyOrder("orders-admin", "orders-audit");
    assertThat(bench.node.lastSubscription().getAfterRevision()).isZero();
    assertThat(bench.isHeld()).isTrue();

    // All there is comes in order of revisions, the first part before what was seen.
    bench.node.say(
        bench
            .heartbeat()
            .setRevision(1)
            .setReset(true)
            .setMore(true)
            .addGrants(bench.roleGrant("g1", HOUR).setRevision(1)));
    assertThat(bench.node.ended()).isEqualTo(1);
    bench.message();
    assertThat(bench.isHeld()).isTrue();
    bench.node.say(
        bench
            .heartbeat()
            .addGrants(bench.roleGrant("g2", HOUR).setRevision(2).setPermission(audit.value())));
    assertThat(bench.isHeld()).isTrue();
    assertThat(bench.grants().holding(Bench.caller(), audit, Optional.empty()).isHeld()).isTrue();
  }

  @Test
  void require_ofLess_keepsTheSubscription() {
    bench.follow();
    bench.node.say(bench.message());

    bench.grants().require(Set.of());

    assertThat(bench.node.subscriptions()).hasSize(1);
  }

  @Test
  void onChange_isToldOfGrantsAndNotOfHeartbeats() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    int before = bench.changes();
    long count = bench.grants().changes();

    bench.pass(Duration.ofSeconds(3));
    assertThat(bench.changes()).isEqualTo(before);
    bench.tell(bench.roleGrant("g1", HOUR).setRevoked(true));

    assertThat(bench.changes()).isEqualTo(before + 1);
    assertThat(bench.grants().changes()).isEqualTo(count + 1);
  }

  @Test
  void advice_namesThePermissionAndTheService() {
    bench.follow();

    assertThat(bench.grants().advice(Bench.ADMIN))
        .contains(
            "Ask for it with: rolecall access request orders-admin --server access.internal:443");
  }

  @Test
  void close_endsTheStreamAndWhatIsHeld() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    Holding holding = bench.holding(Bench.caller());
    assertThat(holding.isHeld()).isTrue();

    bench.grants().close();

    assertThat(holding.isHeld()).isFalse();
    assertThat(bench.node.ended()).isEqualTo(1);
    bench.scheduler.pass(Duration.ofMinutes(5));
    assertThat(bench.node.subscriptions()).hasSize(1);
  }

  @Test
  void mostGrants_reached_leavesFurtherOnesOutAndTakesRevocations() {
    bench.follow(feed -> feed.mostGrants(1));
    bench.tell(bench.personGrant("g1", "bob@corp", HOUR));
    bench.tell(bench.personGrant("g2", "alice@corp", HOUR));

    assertThat(bench.isHeld()).isFalse();
    assertThat(bench.holding(Bench.caller("bob@corp")).isHeld()).isTrue();
    bench.tell(bench.personGrant("g1", "bob@corp", HOUR).setRevoked(true));
    assertThat(bench.holding(Bench.caller("bob@corp")).isHeld()).isFalse();
    assertThat(bench.telemetry.sum("rolecall.grants.messages{result=left_out}")).isEqualTo(1);
  }

  @Test
  void denied_isToldWithWhatToDo() {
    try (CapturedLog log = CapturedLog.of("rolecall.grants", Level.INFO)) {
      bench.node.refuse(Status.PERMISSION_DENIED.withDescription("METHOD_NOT_ALLOWED: no"));
      bench.follow();
      bench.scheduler.pass(Duration.ofSeconds(30));

      assertThat(bench.node.subscriptions().size()).isGreaterThan(10);
      assertThat(log.with("PERMISSION_DENIED"))
          .singleElement()
          .asString()
          .contains("WARNING")
          .contains("must be listed under enforcers in the rules");
    }
  }
}
