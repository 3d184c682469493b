package dev.rolecall.service.rules;

import dev.rolecall.identity.internal.Range;
import java.time.Duration;

/**
 * Access in an emergency: granted at once, and reviewed afterwards.
 *
 * @param maxDuration the longest such access: a minute to a day
 * @param reviewWithin the time within which it should be reviewed: a minute to 30 days
 */
public record BreakGlass(Duration maxDuration, Duration reviewWithin) {

  /** The longest that emergency access can be. */
  public static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is outside
   */
  public BreakGlass {
    Range.check("max_duration", maxDuration, AccessLimits.SHORTEST, LONGEST);
    Range.check("review_within", reviewWithin, AccessLimits.SHORTEST, AccessLimits.LONGEST);
  }
}
