package dev.rolecall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamLifetimeTest {

  @Test
  void boundaries_areAccepted() {
    Duration year = Duration.ofDays(365);
    assertThat(StreamLifetime.proofAnd(Duration.ZERO))
        .hasToString("StreamLifetime[the proof's and PT0S]");
    assertThat(StreamLifetime.proofAnd(year))
        .hasToString("StreamLifetime[the proof's and PT8760H]");
    assertThat(StreamLifetime.atMost(Duration.ofMillis(1)))
        .hasToString("StreamLifetime[at most PT0.001S]");
    assertThat(StreamLifetime.atMost(year)).hasToString("StreamLifetime[at most PT8760H]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT0.001S", "PT8760H0.001S"})
  void grace_outOfRange_isRefused(Duration grace) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamLifetime.proofAnd(grace))
        .withMessage("grace: " + grace + " (expected: PT0S to PT8760H)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "-PT1S", "PT8760H0.001S"})
  void atMost_outOfRange_isRefused(Duration duration) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamLifetime.atMost(duration))
        .withMessage("duration: " + duration + " (expected: PT0.001S to PT8760H)");
  }
}
