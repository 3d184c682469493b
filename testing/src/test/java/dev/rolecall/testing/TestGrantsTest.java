package dev.rolecall.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.stsemulator.PermissionSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestGrantsTest {

  private static final String BATCH = "arn:aws:iam::111122223333:role/batch";
  private static final PermissionSet ENGINEER = PermissionSet.of("111122223333", "Engineer");
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestClock clock = new TestClock();
  private final TestGrants grants = TestGrants.by(clock);
  private final AccessRuntime runtime =
      AccessRuntime.builder().clock(clock).ticker(clock::nanos).build();
  private final Grants open = grants.open(runtime);
  private final Caller batch = TestCallers.role(BATCH);

  @AfterEach
  void close() {
    open.close();
    runtime.close();
  }

  private Holding holding(Caller caller, String... resource) {
    return open.holding(
        caller,
        PermissionName.of("orders-admin"),
        resource.length == 0 ? Optional.empty() : Optional.of(ResourceName.of(resource[0])));
  }

  private void assertRefused(RefusalReason reason, Caller caller, String... resource) {
    assertThat(holding(caller, resource).isHeld()).isFalse();
    assertThat(holding(caller, resource).reason()).isEqualTo(reason);
  }

  @Test
  void grant_holdsUntilItsEnd_andNoLonger() {
    Holding asked = holding(batch);
    assertRefused(RefusalReason.GRANT_REQUIRED, batch);

    Instant earliest = clock.instant().plus(HOUR);
    grants.grant("orders-admin").to(BATCH).lasting(HOUR);
    assertThat(asked.isHeld()).isTrue();
    assertThat(asked.end()).isBetween(earliest, clock.instant().plus(HOUR));
    assertThat(asked.endTicks() - clock.nanos()).isBetween(0L, HOUR.toNanos());

    clock.advance(HOUR);
    assertThat(asked.isHeld()).isFalse();
    assertRefused(RefusalReason.GRANT_EXPIRED, batch);
  }

  @Test
  void grant_ofAnotherPermissionOrHolder_isNotHeld() {
    grants.grant("orders-read").to(BATCH).lasting(HOUR);
    grants.grant("orders-admin").to(BATCH + "2").lasting(HOUR);

    assertRefused(RefusalReason.GRANT_REQUIRED, batch);
  }

  @Test
  void grant_ofAPerson_isNotHeldByOthersWhoShareTheRole() {
    grants.grant("orders-admin").to(ENGINEER, "ana@example.com").lasting(HOUR);

    assertThat(holding(TestCallers.user(ENGINEER, "Ana@example.com")).isHeld()).isTrue();
    assertRefused(RefusalReason.GRANT_REQUIRED, TestCallers.user(ENGINEER, "ben@example.com"));
    assertRefused(
        RefusalReason.GRANT_REQUIRED,
        TestCallers.user(ENGINEER.withRoleId("AROAENGINEER00000001"), "ana@example.com"));
  }

  @Test
  void grant_toACaller_isOfItsPrincipalOrPerson() {
    grants.grant("orders-admin").to(batch).lasting(HOUR);
    grants.grant("orders-admin").to(TestCallers.apiClient("ci")).lasting(HOUR);
    Caller ana = TestCallers.user(ENGINEER, "ana@example.com");
    grants.grant("orders-admin").to(ana).lasting(HOUR);

    assertThat(holding(batch).isHeld()).isTrue();
    assertThat(holding(TestCallers.apiClient("ci")).isHeld()).isTrue();
    assertThat(holding(ana).isHeld()).isTrue();
    assertRefused(RefusalReason.GRANT_REQUIRED, TestCallers.user(ENGINEER, "ben@example.com"));
    assertRefused(RefusalReason.GRANT_REQUIRED, TestCallers.apiClient("ci2"));
  }

  @Test
  void grant_onResources_holdsForThoseAlone() {
    grants.grant("orders-admin").on("orders/eu", "orders/us").to(BATCH).lasting(HOUR);

    assertThat(holding(batch, "orders/eu").isHeld()).isTrue();
    assertRefused(RefusalReason.GRANT_REQUIRED, batch, "orders/ap");
    assertRefused(RefusalReason.GRANT_REQUIRED, batch);

    grants.grant("orders-admin").to(BATCH).lasting(HOUR);
    assertThat(holding(batch, "orders/ap").isHeld()).isTrue();
    assertThat(holding(batch).isHeld()).isTrue();
  }

  @Test
  void overlappingGrants_endWhenTheLastEnds() {
    TestGrant longer = grants.grant("orders-admin").to(BATCH).lasting(HOUR.multipliedBy(2));
    grants.grant("orders-admin").to(BATCH).lasting(HOUR);
    assertThat(holding(batch).endTicks() - clock.nanos()).isGreaterThan(HOUR.toNanos());

    longer.revoke();

    assertThat(holding(batch).isHeld()).isTrue();
    assertThat(holding(batch).endTicks() - clock.nanos()).isLessThanOrEqualTo(HOUR.toNanos());
  }

  @Test
  void revokeAll_takesEachBack() {
    grants.grant("orders-admin").to(BATCH).lasting(HOUR);
    grants.grant("orders-admin").to(ENGINEER, "ana@example.com").lasting(HOUR);

    grants.revokeAll();

    assertRefused(RefusalReason.GRANT_REVOKED, batch);
    assertRefused(RefusalReason.GRANT_REVOKED, TestCallers.user(ENGINEER, "ana@example.com"));
  }

  @Test
  void extend_movesTheEnd_ofAGrantThatHolds() {
    TestGrant grant = grants.grant("orders-admin").to(BATCH).lasting(HOUR);
    grant.extend(HOUR.multipliedBy(3));
    clock.advance(HOUR.multipliedBy(2));
    assertThat(holding(batch).isHeld()).isTrue();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> grant.extend(Duration.ofMinutes(1)))
        .withMessageContaining("expected: after ");
    clock.advance(HOUR);
    assertThatIllegalStateException().isThrownBy(() -> grant.extend(HOUR));
    TestGrant revoked = grants.grant("orders-admin").to(BATCH).lasting(HOUR);
    revoked.revoke();
    assertThatIllegalStateException().isThrownBy(() -> revoked.extend(HOUR.multipliedBy(2)));
  }

  @Test
  void lock_refusesTheCaller_untilUnlocked() {
    grants.grant("orders-admin").to(BATCH).lasting(HOUR);
    int before = open.lockRound();

    grants.lock(BATCH);
    grants.lock(ENGINEER, "ana@example.com");

    assertThat(open.lockRound()).isNotEqualTo(before).isNotNegative();
    assertThat(open.isLocked(batch)).isTrue();
    assertThat(open.isLocked(TestCallers.user(ENGINEER, "ana@example.com"))).isTrue();
    assertThat(open.isLocked(TestCallers.user(ENGINEER, "ben@example.com"))).isFalse();
    assertRefused(RefusalReason.CALLER_LOCKED, batch);
    grants.unlockAll();
    assertThat(holding(batch).isHeld()).isTrue();
  }

  @Test
  void loseNews_isAnOutage_untilItIsBack() {
    grants.grant("orders-admin").to(BATCH).lasting(HOUR);

    grants.loseNews();
    assertRefused(RefusalReason.GRANTS_STALE, batch);
    grants.regainNews();
    assertThat(holding(batch).isHeld()).isTrue();
  }

  @Test
  void changes_areToldToEachListener_untilItLeaves() {
    AtomicInteger told = new AtomicInteger();
    long before = open.changes();
    Grants.Registration listening = open.onChange(told::incrementAndGet);
    TestGrant grant = grants.grant("orders-admin").to(BATCH).lasting(HOUR);
    grant.extend(HOUR.multipliedBy(2));
    grant.revoke();
    grants.revokeAll();
    grants.lock(BATCH);
    grants.unlockAll();
    grants.loseNews();
    assertThat(told).hasValue(7);
    assertThat(open.changes()).isEqualTo(before + 7);

    listening.close();
    grants.regainNews();
    assertThat(told).hasValue(7);
  }

  @Test
  void guardOfAnotherTicker_readsTheEndByItsOwn() {
    try (AccessRuntime other =
            AccessRuntime.builder()
                .clock(clock)
                .ticker(() -> clock.nanos() + HOUR.toNanos())
                .build();
        Grants seen = grants.open(other)) {
      grants.grant("orders-admin").to(BATCH).lasting(HOUR);

      long ahead =
          seen.holding(batch, PermissionName.of("orders-admin"), Optional.empty()).endTicks()
              - holding(batch).endTicks();
      assertThat(ahead).isCloseTo(HOUR.toNanos(), within(TimeUnit.MINUTES.toNanos(1)));
    }
  }

  @Test
  void close_leavesNothingHeld() {
    grants.grant("orders-admin").to(BATCH).lasting(HOUR);

    open.close();

    assertRefused(RefusalReason.GRANTS_STALE, batch);
  }

  @Test
  void offer_thatBreaksARule_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> grants.grant("Orders Admin"));
    assertThatIllegalArgumentException().isThrownBy(() -> grants.grant("orders-admin").on());
    assertThatIllegalArgumentException().isThrownBy(() -> grants.grant("orders-admin").on("../x"));
    assertThatIllegalArgumentException().isThrownBy(() -> grants.grant("orders-admin").to("ci"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grants.grant("orders-admin").to(BATCH).lasting(Duration.ZERO))
        .withMessageContaining("duration: PT0S (expected: more than zero)");
  }
}
