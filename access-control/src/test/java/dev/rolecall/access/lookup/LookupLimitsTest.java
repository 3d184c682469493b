package dev.rolecall.access.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bounds of limits and caches. */
final class LookupLimitsTest {

  private static final LookupLimits LIMITS = LookupLimits.ofDefaults();
  private static final CacheBounds CACHES = CacheBounds.ofDefaults();

  static Stream<Arguments> brokenSettings() {
    return Stream.of(
        broken("refusalLife: PT1M1S", () -> CACHES.withRefusalLife(Duration.ofSeconds(61))),
        broken("refusalLife: PT-1S", () -> CACHES.withRefusalLife(Duration.ofSeconds(-1))),
        broken("total: 0", () -> LIMITS.withLookUps(0, 0)),
        broken("perPeer: 0", () -> LIMITS.withLookUps(1, 0)),
        broken("perPeer: 3", () -> LIMITS.withWaiting(2, 3)),
        broken("total: 0", () -> LIMITS.withInVainPerSecond(0, 0)),
        broken("perPeer: 2", () -> LIMITS.withInVainPerSecond(1, 2)),
        broken("entries: 0", () -> CACHES.withVerified(0, 1 << 20)),
        broken("entries: 10000001", () -> CACHES.withRefused(10_000_001, 1 << 20)),
        broken("bytes: 1023", () -> CACHES.withRefused(1, 1_023)),
        broken("bytes: 68719476737", () -> CACHES.withVerified(1, (64L << 30) + 1)));
  }

  private static Arguments broken(String message, ThrowingCallable setting) {
    return Arguments.of(message, setting);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenSettings")
  void with_settingOutOfBounds_saysWhichAndWhy(String message, ThrowingCallable setting) {
    assertThatThrownBy(setting)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("(expected: ");
  }

  @Test
  void with_settingsAtTheirBounds_areTakenAndLeaveTheOthers() {
    LookupLimits limits = LIMITS.withLookUps(1, 1).withWaiting(2, 2).withInVainPerSecond(3, 3);
    assertThat(limits)
        .isEqualTo(
            new LookupLimits(
                new LookupLimits.Bound(1, 1),
                new LookupLimits.Bound(2, 2),
                new LookupLimits.Bound(3, 3)));

    CacheBounds caches =
        CACHES
            .withVerified(1, 1_024)
            .withRefused(10_000_000, 64L << 30)
            .withRefusalLife(Duration.ofMinutes(1));
    assertThat(caches)
        .isEqualTo(
            new CacheBounds(
                new CacheBound(1, 1_024),
                new CacheBound(10_000_000, 64L << 30),
                Duration.ofMinutes(1)));
    assertThat(caches.withRefusalLife(Duration.ZERO).refusalLife()).isZero();
  }
}
