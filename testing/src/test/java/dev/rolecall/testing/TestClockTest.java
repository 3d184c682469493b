package dev.rolecall.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TestClockTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final TestClock clock = new TestClock();

  @Test
  void clock_showsTheSystemsTime_untilItIsAdvanced() {
    Instant before = Clock.systemUTC().instant();
    Instant shown = clock.instant();
    Instant after = Clock.systemUTC().instant();

    assertThat(shown).isBetween(before, after);
  }

  @Test
  void advance_movesClockAndTickerTogether() {
    Clock elsewhere = clock.withZone(ZoneId.of("Europe/Vienna"));
    Instant before = clock.instant();
    long nanos = clock.nanos();

    clock.advance(HOUR);

    assertThat(clock.instant()).isAfterOrEqualTo(before.plus(HOUR));
    assertThat(elsewhere.instant()).isAfterOrEqualTo(before.plus(HOUR));
    assertThat(clock.nanos() - nanos).isGreaterThanOrEqualTo(HOUR.toNanos());
    assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Europe/Vienna"));
    assertThat(clock.getZone()).isEqualTo(Clock.systemUTC().getZone());
  }

  @Test
  void advance_back_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(HOUR.negated()))
        .withMessage("advance: PT-1H (expected: not negative)");
  }
}
