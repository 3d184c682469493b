package dev.rolecall.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.renewal.RenewalFailure.Pause;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {

  private final ManualTime time = new ManualTime();

  @Test
  void isOver_neverFailed_isTrue() {
    assertThat(backoff(0).isOver()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 1000", "2, 2000", "3, 4000", "4, 8000", "5, 8000", "100, 8000"})
  void isOver_failuresInARow_doublesUpTo8Seconds(int failures, long millis) {
    Backoff backoff = backoff(0);
    for (int i = 0; i < failures; i++) {
      backoff.failed(Pause.USUAL);
    }

    time.advance(Duration.ofMillis(millis).minusNanos(1));
    assertThat(backoff.isOver()).isFalse();
    time.advance(Duration.ofNanos(1));
    assertThat(backoff.isOver()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 1000", "0.5, 750", "1, 500"})
  void isOver_byChance_isUpToHalfSooner(double random, long millis) {
    Backoff backoff = backoff(random);
    backoff.failed(Pause.USUAL);

    time.advance(Duration.ofMillis(millis - 1));
    assertThat(backoff.isOver()).isFalse();
    time.advance(Duration.ofMillis(1));
    assertThat(backoff.isOver()).isTrue();
  }

  @Test
  void succeeded_afterFailures_startsAnew() {
    Backoff backoff = backoff(0);
    backoff.failed(Pause.USUAL);
    backoff.failed(Pause.USUAL);
    backoff.succeeded();
    assertThat(backoff.isOver()).isTrue();

    backoff.failed(Pause.USUAL);
    time.advance(Duration.ofSeconds(1));
    assertThat(backoff.isOver()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 1000", "6, 32000", "7, 60000", "8, 60000", "1000, 60000"})
  void isOver_pauseUpToAMinute_doublesUpToIt(int failures, long millis) {
    Backoff backoff = backoff(0);
    for (int i = 0; i < failures; i++) {
      backoff.failed(new Pause(Duration.ZERO, Duration.ofMinutes(1)));
    }

    time.advance(Duration.ofMillis(millis).minusNanos(1));
    assertThat(backoff.isOver()).isFalse();
    time.advance(Duration.ofNanos(1));
    assertThat(backoff.isOver()).isTrue();
  }

  private Backoff backoff(double random) {
    return new Backoff(time::nanos, () -> random);
  }
}
