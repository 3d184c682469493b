package dev.rolecall.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("attack")
final class HeaderPatternTest {

  @ParameterizedTest
  @CsvSource({
    "blue, blue, true",
    "blue, Blue, false",
    "blue, bluer, false",
    "blue, 'blue,red', false",
    "blue, 'blue ', false",
    "blue*, blue, true",
    "blue*, blue-1, true",
    "blue*, blu, false",
    "blue*, dark blue, false",
    "*blue, blue, true",
    "*blue, dark blue, true",
    "*blue, lue, false",
    "*blue, bluer, false",
    "*, x, true",
    "*, '', false",
    "'a b', 'a b', true",
  })
  void pattern_matchesAsItIsWritten(String pattern, String value, boolean matches) {
    assertThat(HeaderPattern.parse(pattern).matches(value)).isEqualTo(matches);
  }

  static Stream<String> refused() {
    return Stream.of(
        "",
        " ",
        " blue",
        "blue ",
        "b*e",
        "**",
        "*blue*",
        "blue**",
        "bl\u00fce",
        "a\nb",
        "a\tb",
        "x".repeat(1_001));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void text_thatIsNoPattern_isRefused(String text) {
    assertThatThrownBy(() -> HeaderPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("(expected: " + HeaderPattern.EXPECTED + ")");
  }
}
