package dev.rolecall.proxy.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GrpcTimeoutTest {

  private static final Duration MOST = Duration.ofMinutes(1);

  @ParameterizedTest
  @ValueSource(strings = {"1M", "60S", "60000m", "60000000u", "99999999n", "0S", "1m"})
  void value_ofAtMostThat_isWithin(String value) {
    assertThat(GrpcTimeout.isWithin(value, MOST)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1H",
        "2M",
        "61S",
        "60001m",
        "60000001u",
        "99999999H",
        "",
        "S",
        "1",
        "1s",
        "-1S",
        "+1S",
        "1 S",
        "1.5S",
        "000000001S",
        "1SS"
      })
  void value_ofMore_orThatIsNone_isNot(String value) {
    assertThat(GrpcTimeout.isWithin(value, MOST)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "PT1.5S,1500m",
    "PT-5S,1m",
    "PT0S,1m",
    "PT99999.999S,99999999m",
    "PT100000S,100000S",
    "P36500D,99999999S"
  })
  void time_isWrittenInAtMostEightDigits(Duration time, String expected) {
    assertThat(GrpcTimeout.of(time)).isEqualTo(expected);
  }
}
