package dev.rolecall.verifier.internal.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.verifier.internal.answer.StsCode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pause before the next attempt, and the attempt's time. */
final class RetryPolicyTest {

  private static final Duration BUDGET = Duration.ofSeconds(5);

  private final RetryPolicy policy = new RetryPolicy(BUDGET);

  @ParameterizedTest(name = "{0}, after attempt {1}: up to {2}")
  @CsvSource({
    "ServiceUnavailable, 1, PT0.1S",
    "InternalError,      2, PT0.2S",
    "timeout,            1, PT0.1S",
    "connection,         2, PT0.2S",
    "Throttling,         1, PT0.5S",
    "SlowDown,           2, PT1S"
  })
  void pauseAfter_isAnythingUpToADoublingCeiling(String code, int attempts, Duration ceiling) {
    StsCode outcome = code(code);
    Random random = new Random(1);
    List<Duration> pauses =
        Stream.generate(
                () -> policy.pauseAfter(outcome, attempts, Duration.ZERO, random).orElseThrow())
            .limit(500)
            .toList();
    assertThat(Collections.max(pauses)).isBetween(ceiling.multipliedBy(9).dividedBy(10), ceiling);
    assertThat(Collections.min(pauses)).isLessThan(ceiling.dividedBy(10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ok",
        "SignatureDoesNotMatch",
        "ExpiredTokenException",
        "AccessDenied",
        "SurpriseOfAWS",
        "answer_invalid"
      })
  void pauseAfter_anAnswer_isNone(String code) {
    assertThat(policy.pauseAfter(code(code), 1, Duration.ZERO, () -> 0L)).isEmpty();
  }

  private static StsCode code(String word) {
    return Stream.of(StsCode.OK, StsCode.TIMEOUT, StsCode.CONNECTION, StsCode.ANSWER_INVALID)
        .filter(code -> code.label().equals(word))
        .findFirst()
        .orElseGet(() -> StsCode.ofError(word));
  }

  @Test
  void pauseAfter_theThirdAttempt_isNone() {
    assertThat(policy.pauseAfter(StsCode.TIMEOUT, 2, Duration.ZERO, () -> 0L)).isPresent();
    assertThat(policy.pauseAfter(StsCode.TIMEOUT, 3, Duration.ZERO, () -> 0L)).isEmpty();
  }

  @Test
  void pauseAfter_noTimeLeft_isNone() {
    assertThat(policy.pauseAfter(StsCode.TIMEOUT, 1, BUDGET.minusNanos(1), () -> 0L))
        .isEqualTo(Optional.of(Duration.ZERO));
    assertThat(policy.pauseAfter(StsCode.TIMEOUT, 1, BUDGET, () -> 0L)).isEmpty();
  }
}
