package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import java.time.Duration;
import java.util.Optional;

/**
 * The bounds of the time that a rule gives.
 *
 * @param maxDuration the longest access, and the furthest end of an extension from now: a minute to
 *     30 days
 * @param scheduleAhead how far ahead access may start: zero for now alone, to 90 days
 * @param breakGlass access in an emergency; empty where there is none
 */
public record AccessLimits(
    Duration maxDuration, Duration scheduleAhead, Optional<BreakGlass> breakGlass) {

  /** The shortest access that can be asked for. */
  public static final Duration SHORTEST = Duration.ofMinutes(1);

  /** The longest access that a rule can give. */
  public static final Duration LONGEST = Duration.ofDays(30);

  /** The furthest ahead that access can start. */
  public static final Duration FURTHEST_AHEAD = Duration.ofDays(90);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is outside
   */
  public AccessLimits {
    Range.check("max_duration", maxDuration, SHORTEST, LONGEST);
    Range.check("may_schedule_ahead", scheduleAhead, Duration.ZERO, FURTHEST_AHEAD);
    requireNonNull(breakGlass, "breakGlass");
  }

  /** The longest access of that kind; empty if there is no access in an emergency. */
  public Optional<Duration> longest(boolean emergency) {
    return emergency ? breakGlass.map(BreakGlass::maxDuration) : Optional.of(maxDuration);
  }
}
