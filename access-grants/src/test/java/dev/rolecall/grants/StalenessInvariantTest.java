package dev.rolecall.grants;

import static dev.rolecall.identity.RefusalReason.GRANTS_STALE;
import static dev.rolecall.identity.RefusalReason.GRANT_EXPIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.grant.Holding;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Invariant I15: without news a strict server denies and ends after its limit, which bounds
 * revocation for a server that is cut off; best effort keeps known grants for five minutes at most.
 */
final class StalenessInvariantTest {

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource({"STRICT, PT5S", "STRICT, PT3S", "STRICT, PT1M", "BEST_EFFORT, PT5M"})
  void i15_silenceForTheLimit_isStaleAndTold(Staleness staleness, Duration limit) {
    bench.follow(feed -> feed.staleness(staleness).staleAfter(limit));
    bench.tell(bench.roleGrant("g1", Duration.ofHours(1)));
    Holding holding = bench.holding(Bench.caller());

    bench.scheduler.pass(limit.minusMillis(1));
    assertThat(holding.isHeld()).isTrue();
    int before = bench.changes();
    bench.scheduler.pass(Duration.ofMillis(1));

    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(GRANTS_STALE);
    assertThat(bench.changes()).isEqualTo(before + 1);
  }

  @Test
  void i15_default_isStrictOfFiveSeconds() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofHours(1)));

    bench.scheduler.pass(Duration.ofMillis(4_999));
    assertThat(bench.isHeld()).isTrue();
    bench.scheduler.pass(Duration.ofMillis(1));
    assertThat(bench.isHeld()).isFalse();
  }

  @Test
  void i15_bestEffort_keepsGrantsToTheirEndAlone() {
    bench.follow(feed -> feed.staleness(Staleness.BEST_EFFORT));
    bench.tell(bench.roleGrant("g1", Duration.ofMinutes(1)));
    Holding holding = bench.holding(Bench.caller());

    bench.scheduler.pass(Duration.ofSeconds(59));
    assertThat(holding.isHeld()).isTrue();
    bench.scheduler.pass(Duration.ofSeconds(1));

    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(GRANT_EXPIRED);
  }

  @Test
  void i15_messagesThatStateAnOldTime_refreshNothing() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofHours(1)));
    Holding holding = bench.holding(Bench.caller());
    var old = bench.heartbeat().build();

    for (int second = 0; second < 5; second++) {
      bench.scheduler.pass(Duration.ofSeconds(1));
      bench.node.say(old);
    }

    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(GRANTS_STALE);
  }

  @Test
  void i15_newsAfterASilence_makeItFreshAndAreTold() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofHours(1)));
    Holding holding = bench.holding(Bench.caller());
    bench.scheduler.pass(Duration.ofSeconds(5));
    assertThat(holding.isHeld()).isFalse();
    int before = bench.changes();

    bench.node.say(bench.heartbeat());

    assertThat(holding.isHeld()).isTrue();
    assertThat(bench.changes()).isEqualTo(before + 1);
  }

  @Test
  void i15_heartbeats_keepItFresh() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofHours(1)));

    bench.pass(Duration.ofMinutes(2));

    assertThat(bench.isHeld()).isTrue();
    assertThat(bench.node.subscriptions()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "STRICT, PT2.999S",
    "STRICT, PT60.001S",
    "BEST_EFFORT, PT2.999S",
    "BEST_EFFORT, PT5M0.001S"
  })
  void open_ofLimitOutsideItsRange_throws(Staleness staleness, Duration limit) {
    assertThatThrownBy(() -> bench.follow(feed -> feed.staleness(staleness).staleAfter(limit)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("staleAfter: " + limit)
        .hasMessageContaining("(expected: PT3S to ");
  }
}
