package dev.rolecall.jwt;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules of a token's times.
 *
 * @param skew how far clocks may differ, either way: 0 to 60 seconds, 30 by default
 * @param maxLife the longest life, from {@code iat}, or from now where the token has none: 1 minute
 *     to 366 days, 24 hours by default. The tokens that Kubernetes mounts by default live a year
 */
public record TimeRules(Duration skew, Duration maxLife) {

  private static final Duration MOST_SKEW = Duration.ofSeconds(60);
  private static final Duration LEAST_LIFE = Duration.ofMinutes(1);
  private static final Duration MOST_LIFE = Duration.ofDays(366);

  private static final TimeRules STANDARD =
      new TimeRules(Duration.ofSeconds(30), Duration.ofHours(24));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one lies outside
   */
  public TimeRules {
    Range.check("skew", skew, Duration.ZERO, MOST_SKEW);
    Range.check("maxLife", maxLife, LEAST_LIFE, MOST_LIFE);
  }

  /** The defaults. */
  public static TimeRules standard() {
    return STANDARD;
  }

  /** The first rule that the times break at that moment. */
  public Optional<ClaimFlaw> flaw(TokenTimes times, Instant now) {
    requireNonNull(now, "now");
    if (!now.isBefore(times.expiry().plus(skew))) {
      return Optional.of(ClaimFlaw.EXPIRED);
    }
    if (isAhead(times.notBefore(), now) || isAhead(times.issuedAt(), now)) {
      return Optional.of(ClaimFlaw.NOT_YET_VALID);
    }
    Instant from = times.issuedAt().orElse(now);
    return Duration.between(from, times.expiry()).compareTo(maxLife) > 0
        ? Optional.of(ClaimFlaw.LIFE_TOO_LONG)
        : Optional.empty();
  }

  private boolean isAhead(Optional<Instant> time, Instant now) {
    return time.filter(now.plus(skew)::isBefore).isPresent();
  }
}
