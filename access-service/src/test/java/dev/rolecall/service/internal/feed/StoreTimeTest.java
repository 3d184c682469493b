package dev.rolecall.service.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The store's time between readings: I4, by the ticker alone. */
class StoreTimeTest {

  private final AtomicLong ticks = new AtomicLong(7_000_000_000L);
  private final StoreTime time = new StoreTime(ticks::get);

  private void pass(Duration elapsed) {
    ticks.addAndGet(elapsed.toNanos());
  }

  private Instant now() {
    return time.now().orElseThrow();
  }

  @Test
  void time_beforeAReading_isUnknownAndStale() {
    assertThat(time.now()).isEmpty();
    assertThat(time.isYoungerThan(Duration.ofDays(1))).isFalse();
  }

  @Test
  void i4_timeBetweenReadings_goesByTheTicker() {
    time.read(Instant.ofEpochMilli(100_000), ticks.get());
    pass(Duration.ofMillis(2_999));

    assertThat(now()).isEqualTo(Instant.ofEpochMilli(102_999));
    assertThat(time.isYoungerThan(Duration.ofSeconds(3))).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(time.isYoungerThan(Duration.ofSeconds(3))).isFalse();
  }

  @Test
  void slowAnswer_changesNothingThatAFastOneHasTold() {
    time.read(Instant.ofEpochMilli(100_000), ticks.get());
    long askedAt = ticks.get();
    pass(Duration.ofSeconds(2));
    time.read(Instant.ofEpochMilli(100_500), askedAt);

    assertThat(now()).isEqualTo(Instant.ofEpochMilli(102_000));
  }

  @Test
  void stepOfTheStoresClock_isFollowedBothWays() {
    time.read(Instant.ofEpochMilli(100_000), ticks.get());
    time.read(Instant.ofEpochMilli(3_700_000), ticks.get());
    assertThat(now()).isEqualTo(Instant.ofEpochMilli(3_700_000));

    time.read(Instant.ofEpochMilli(200_000), ticks.get());
    assertThat(now()).isEqualTo(Instant.ofEpochMilli(200_000));
  }
}
