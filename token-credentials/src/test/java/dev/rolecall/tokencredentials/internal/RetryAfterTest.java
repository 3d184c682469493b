package dev.rolecall.tokencredentials.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-21T22:18:45Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "59, 59",
    "60, 60",
    "61, 60",
    "999999999, 60",
    "9999999999999, 0",
    "-5, 0",
    "soon, 0",
    "1.5, 0",
    "'Sat, 21 Nov 2026 22:19:15 GMT', 30",
    "'Sat, 21 Nov 2026 22:18:15 GMT', 0",
    "'Sun, 22 Nov 2026 22:18:15 GMT', 60"
  })
  void of_header_isSecondsUpToAMinute(String header, long seconds) {
    assertThat(RetryAfter.of(Optional.of(header), NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void of_nothing_isZero() {
    assertThat(RetryAfter.of(Optional.empty(), NOW)).isZero();
  }
}
