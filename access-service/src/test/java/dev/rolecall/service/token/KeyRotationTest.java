package dev.rolecall.service.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.service.store.SigningKeyState;
import dev.rolecall.service.store.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The step that is due, by the keys and the store's clock. */
class KeyRotationTest {

  private static final Instant NOW = Instant.parse("2026-11-21T22:18:45Z");
  private static final Duration PERIOD = Duration.ofDays(30);
  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final Duration DUE = PERIOD.minusMinutes(10);
  private static final Duration PUBLISHED = Duration.ofMinutes(10);
  private static final Duration LAPSED = Duration.ofMinutes(7);
  private static final RotationStep REST = new RotationStep.Rest();
  private static final RotationStep ADD = new RotationStep.Add(SigningKeyState.NEXT);
  private static final RotationStep FIRST = new RotationStep.Add(SigningKeyState.CURRENT);

  private final KeyRotation rotation = new KeyRotation(PERIOD);

  private static StoredKey key(String kid, SigningKeyState state, Duration age) {
    return new StoredKey(kid, "ES256", "{}", "sealed", state, NOW.minus(age));
  }

  private static StoredKey current(Duration age) {
    return key("current", SigningKeyState.CURRENT, age);
  }

  private static StoredKey next(Duration age) {
    return key("next", SigningKeyState.NEXT, age);
  }

  private static StoredKey retired(Duration age) {
    return key("retired", SigningKeyState.RETIRED, age);
  }

  static Stream<Arguments> states() {
    Duration young = Duration.ofHours(1);
    return Stream.of(
        Arguments.of("young", List.of(current(young)), REST),
        Arguments.of("a moment before it is due", List.of(current(DUE.minus(INSTANT))), REST),
        Arguments.of("due", List.of(current(DUE)), ADD),
        Arguments.of("long due", List.of(current(PERIOD.multipliedBy(3))), ADD),
        Arguments.of("next is new", List.of(current(DUE), next(Duration.ZERO)), REST),
        Arguments.of(
            "next a moment too young",
            List.of(current(PERIOD), next(PUBLISHED.minus(INSTANT))),
            REST),
        Arguments.of(
            "next has been published",
            List.of(current(PERIOD), next(PUBLISHED)),
            new RotationStep.Activate("next")),
        Arguments.of(
            "next was made before the time",
            List.of(current(young), next(PUBLISHED)),
            new RotationStep.Activate("next")),
        Arguments.of("next alone", List.of(next(Duration.ZERO)), new RotationStep.Activate("next")),
        Arguments.of(
            "retired, tokens under way",
            List.of(retired(LAPSED.minus(INSTANT)), current(young)),
            REST),
        Arguments.of(
            "retired, the last token has lapsed",
            List.of(retired(LAPSED), current(young)),
            new RotationStep.Withdraw("retired")),
        Arguments.of("retired alone", List.of(retired(Duration.ZERO)), FIRST),
        Arguments.of("the clock is behind a key", List.of(current(Duration.ofHours(-1))), REST));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  void next_stateOfTheKeys_isTheStepThatIsDue(
      String state, List<StoredKey> keys, RotationStep step) {
    assertThat(rotation.next(keys, NOW)).isEqualTo(step);
  }

  @Test
  void next_noKey_isToAddOne() {
    assertThat(rotation.next(List.of(), NOW)).isEqualTo(FIRST);
  }
}
