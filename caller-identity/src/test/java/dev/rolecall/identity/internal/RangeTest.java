package dev.rolecall.identity.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10})
  void value_withinOrAtABound_passes(int value) {
    assertThatCode(() -> Range.check("entries", value, 1, 10)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 11})
  void value_outside_isRefusedWithItsNameAndBounds(int value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Range.check("entries", value, 1, 10))
        .withMessage("entries: " + value + " (expected: 1 to 10)");
  }

  @Test
  void duration_outside_isRefusedInIsoForm() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Range.check("life", Duration.ofMinutes(-1), Duration.ZERO, Duration.ofHours(1)))
        .withMessage("life: PT-1M (expected: PT0S to PT1H)");
  }
}
