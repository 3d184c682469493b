package dev.rolecall.jwt.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lives of keys, by a clock that the test moves. */
class KeyRingTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration PERIOD = Duration.ofHours(6);

  private final MovedClock clock = new MovedClock();
  private final KeyRing ring = KeyRing.generate(Algorithm.ES256, PERIOD, clock, RANDOM);

  private List<String> published() {
    return ring.published().keys().stream().map(key -> key.kid().orElseThrow()).toList();
  }

  @Test
  void rotate_beforeThePeriodIsOver_doesNothing() {
    List<String> published = published();
    clock.now = clock.now.plus(PERIOD).minusNanos(1);

    assertThat(ring.rotateIfDue()).isFalse();
    assertThat(published()).isEqualTo(published).hasSize(2).startsWith(ring.current().kid());
  }

  @Test
  void rotate_period_signsWithWhatWasPublishedBefore() {
    String first = ring.current().kid();
    String second = published().get(1);
    clock.now = clock.now.plus(PERIOD);

    assertThat(ring.rotateIfDue()).isTrue();
    assertThat(ring.current().kid()).isEqualTo(second);
    assertThat(published()).hasSize(3).startsWith(first, second);
    assertThat(ring.rotateIfDue()).isFalse();

    clock.now = clock.now.plus(PERIOD);
    assertThat(ring.rotateIfDue()).isTrue();
    assertThat(published()).hasSize(3).startsWith(second).doesNotContain(first);
  }

  @Test
  void rotate_afterManyPeriods_rotatesOnce() {
    clock.now = clock.now.plus(PERIOD.multipliedBy(10));

    assertThat(ring.rotateIfDue()).isTrue();
    assertThat(ring.rotateIfDue()).isFalse();
  }

  @Test
  void rotate_clockSetBack_bringsNoKeyBack() {
    clock.now = clock.now.plus(PERIOD);
    ring.rotateIfDue();
    String current = ring.current().kid();
    clock.now = clock.now.minus(PERIOD.multipliedBy(3));

    assertThat(ring.rotateIfDue()).isFalse();
    assertThat(ring.current().kid()).isEqualTo(current);
  }

  @Test
  void generate_periodOutOfRange_isRefused() {
    for (Duration period : List.of(Duration.ofMinutes(14), Duration.ofDays(367))) {
      assertThatThrownBy(() -> KeyRing.generate(Algorithm.ES256, period, clock, RANDOM))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("period: " + period + " (expected: PT15M to PT8784H)");
    }
  }

  private static final class MovedClock extends Clock {

    private Instant now = Instant.parse("2026-11-29T20:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
