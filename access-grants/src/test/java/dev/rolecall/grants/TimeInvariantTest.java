package dev.rolecall.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.grant.Holding;
import dev.rolecall.identity.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invariant I4: the service's time decides when a grant ends, and no wall clock of a server. */
final class TimeInvariantTest {

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, -1, 0, 1, 3_600})
  void i4_clocksApart_endIsTheServices(long secondsAhead) {
    bench.serviceClock(bench.time.instant().plusSeconds(secondsAhead));
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofSeconds(10)));
    Holding holding = bench.holding(Bench.caller());

    bench.pass(Duration.ofMillis(9_999));
    assertThat(holding.isHeld()).isTrue();
    bench.pass(Duration.ofMillis(1));
    assertThat(holding.isHeld()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, 3_600})
  void i4_wallClockIsSet_changesNothing(long seconds) {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofSeconds(10)));
    Holding holding = bench.holding(Bench.caller());
    assertThat(holding.isHeld()).isTrue();

    bench.time.setClock(bench.time.instant().plusSeconds(seconds));

    assertThat(holding.isHeld()).isTrue();
    bench.pass(Duration.ofMillis(9_999));
    assertThat(holding.isHeld()).isTrue();
    bench.pass(Duration.ofMillis(1));
    assertThat(holding.isHeld()).isFalse();
  }

  @Test
  void i4_messageThatComesLate_extendsNothing() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofSeconds(10)));
    Holding holding = bench.holding(Bench.caller());

    bench.pass(Duration.ofSeconds(8));
    var late = bench.heartbeat();
    bench.scheduler.pass(Duration.ofMillis(1_900));
    bench.node.say(late);
    assertThat(holding.isHeld()).isTrue();
    bench.scheduler.pass(Duration.ofMillis(110));

    assertThat(holding.isHeld()).isFalse();
  }

  @Test
  void i4_firstMessageWasLate_endMovesToTheCloserReckoning() {
    bench.follow();
    var late = bench.message().addGrants(bench.roleGrant("g1", Duration.ofSeconds(10)));
    late.getGrantsBuilder(0).setRevision(bench.revision());
    bench.scheduler.pass(Duration.ofMillis(1_900));
    bench.node.say(late);
    Holding holding = bench.holding(Bench.caller());
    assertThat(holding.isHeld()).isTrue();
    assertThat(holding.endTicks() - bench.time.nanos()).isEqualTo(10_000_000_000L);
    int before = bench.changes();

    bench.node.say(bench.heartbeat());

    assertThat(holding.endTicks() - bench.time.nanos()).isEqualTo(8_100_000_000L);
    assertThat(bench.changes()).isEqualTo(before + 1);
  }

  @Test
  void i4_serviceClockStepsBack_isRecognisedByTheNextSubscription() {
    bench.follow();
    long start = bench.service().minusSeconds(3_600).toEpochMilli();
    bench.tell(bench.roleGrant("g1", Duration.ofHours(1)).setStartsAtMs(start));
    Instant back = bench.service().minusSeconds(600);
    bench.serviceClock(back);

    bench.node.say(bench.heartbeat());
    bench.pass(Duration.ofMillis(4_900));
    assertThat(bench.isHeld()).isTrue();
    bench.scheduler.pass(Duration.ofMillis(200));
    assertThat(bench.isHeld()).isFalse();

    // Stale by the old reckoning: the feed is sought again, and the answer shows the difference.
    assertThat(bench.node.ended()).isEqualTo(1);
    bench.scheduler.pass(Duration.ofMillis(200));
    assertThat(bench.node.subscriptions()).hasSize(2);
    bench.node.say(bench.heartbeat());
    assertThat(bench.isHeld()).isTrue();
    assertThat(bench.holding(Bench.caller()).endTicks() - bench.time.nanos())
        .isBetween(4_150_000_000_000L, 4_200_000_000_000L);
  }

  @Test
  void i4_clocksThatRunApart_areFollowed() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofHours(2)));
    Holding holding = bench.holding(Bench.caller());
    assertThat(holding.isHeld()).isTrue();

    // The service's clock loses 100 millionths, 360 ms in an hour.
    for (int second = 1; second <= 3_600; second++) {
      bench.scheduler.pass(Duration.ofSeconds(1));
      bench.serviceClock(bench.service().minusNanos(100_000));
      bench.node.say(bench.heartbeat());
    }

    assertThat(bench.service()).isBefore(bench.time.instant().plusSeconds(3_600));
    long left = holding.endTicks() - bench.time.nanos();
    assertThat(left).isBetween(3_600_350_000_000L, 3_600_370_000_000L);
  }

  @Test
  void i5_endAfterAnOlderGrantWasRevoked_isAnEndByTime() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofHours(1)));
    Holding holding = bench.holding(Bench.caller());
    assertThat(holding.isHeld()).isTrue();
    bench.tell(bench.roleGrant("g1", Duration.ofHours(1)).setRevoked(true));
    assertThat(holding.reason()).isEqualTo(RefusalReason.GRANT_REVOKED);
    bench.tell(bench.roleGrant("g2", Duration.ofSeconds(10)));
    assertThat(holding.isHeld()).isTrue();

    bench.pass(Duration.ofSeconds(10));

    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(RefusalReason.GRANT_EXPIRED);
    bench.tell(bench.personGrant("g3", "other", Duration.ofHours(1)));
    assertThat(holding.reason()).isEqualTo(RefusalReason.GRANT_EXPIRED);
  }

  @Test
  void i5_revocationAfterAnOlderGrantHadEnded_isARevocation() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofSeconds(10)));
    bench.tell(bench.roleGrant("g2", Duration.ofHours(1)));
    Holding holding = bench.holding(Bench.caller());
    bench.pass(Duration.ofSeconds(10));
    assertThat(holding.isHeld()).isTrue();

    bench.tell(bench.roleGrant("g2", Duration.ofHours(1)).setRevoked(true));

    assertThat(holding.reason()).isEqualTo(RefusalReason.GRANT_REVOKED);
  }
}
