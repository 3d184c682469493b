package dev.rolecall.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The times of tokens, to both sides of each bound. */
@Tag("attack")
class TimeRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");
  private static final TimeRules RULES =
      new TimeRules(Duration.ofSeconds(30), Duration.ofMinutes(15));

  private static Optional<ClaimFlaw> flaw(long issued, long expiry) {
    return RULES.flaw(
        new TokenTimes(
            NOW.plusSeconds(expiry), Optional.of(NOW.plusSeconds(issued)), Optional.empty()),
        NOW);
  }

  @Test
  void flaw_expiry_countsFromTheSkew() {
    assertThat(flaw(-60, -29)).isEmpty();
    assertThat(flaw(-60, -30)).hasValue(ClaimFlaw.EXPIRED);
    assertThat(flaw(-60, -31)).hasValue(ClaimFlaw.EXPIRED);
  }

  @Test
  void flaw_issuedAhead_countsFromTheSkew() {
    assertThat(flaw(30, 60)).isEmpty();
    assertThat(flaw(31, 60)).hasValue(ClaimFlaw.NOT_YET_VALID);
  }

  @Test
  void flaw_notBeforeAhead_countsFromTheSkew() {
    assertThat(notBefore(30)).isEmpty();
    assertThat(notBefore(31)).hasValue(ClaimFlaw.NOT_YET_VALID);
  }

  private static Optional<ClaimFlaw> notBefore(long seconds) {
    return RULES.flaw(
        new TokenTimes(
            NOW.plusSeconds(60), Optional.empty(), Optional.of(NOW.plusSeconds(seconds))),
        NOW);
  }

  @Test
  void flaw_life_isFromIssueToExpiry() {
    assertThat(flaw(-600, 300)).isEmpty();
    assertThat(flaw(-600, 301)).hasValue(ClaimFlaw.LIFE_TOO_LONG);
    assertThat(flaw(-86_400, 10)).hasValue(ClaimFlaw.LIFE_TOO_LONG);
  }

  @Test
  void flaw_lifeWithoutIssue_isFromNow() {
    TokenTimes longest =
        new TokenTimes(NOW.plusSeconds(900), Optional.empty(), Optional.of(NOW.minusSeconds(9)));
    TokenTimes longer =
        new TokenTimes(NOW.plusSeconds(901), Optional.empty(), Optional.of(NOW.minusSeconds(9)));

    assertThat(RULES.flaw(longest, NOW)).isEmpty();
    assertThat(RULES.flaw(longer, NOW)).hasValue(ClaimFlaw.LIFE_TOO_LONG);
  }

  @Test
  void standard_isHalfAMinuteAndADay() {
    assertThat(TimeRules.standard())
        .isEqualTo(new TimeRules(Duration.ofSeconds(30), Duration.ofHours(24)));
  }

  @Test
  void rules_outOfRange_areRefused() {
    assertThatThrownBy(() -> new TimeRules(Duration.ofSeconds(61), Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("skew: PT1M1S (expected: PT0S to PT1M)");
    assertThatThrownBy(() -> new TimeRules(Duration.ofSeconds(-1), Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TimeRules(Duration.ZERO, Duration.ofSeconds(59)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TimeRules(Duration.ZERO, Duration.ofDays(367)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void claimRules_withoutIssuerOrAudience_areRefused() {
    assertThatThrownBy(() -> new ClaimRules("", Set.of("a"), TimeRules.standard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("issuer: empty (expected: the text of iss)");
    assertThatThrownBy(() -> new ClaimRules("a", Set.of(), TimeRules.standard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("audiences: none (expected: at least one)");
  }
}
