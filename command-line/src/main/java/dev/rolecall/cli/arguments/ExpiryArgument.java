package dev.rolecall.cli.arguments;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.function.UnaryOperator;

/** A time that a user gives: an instant, or so long from now on, or ago. */
public final class ExpiryArgument {

  private final UnaryOperator<Instant> after;
  private final UnaryOperator<Instant> before;

  private ExpiryArgument(UnaryOperator<Instant> after, UnaryOperator<Instant> before) {
    this.after = after;
    this.before = before;
  }

  /**
   * Reads an ISO 8601 duration ({@code P90D}, {@code PT12H}), a short one ({@code 12h}), a period
   * ({@code P6M}) or an instant.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static ExpiryArgument parse(String text) {
    try {
      if (text.matches("(?:[0-9]{1,6}[dhms])+")) {
        Duration life = DurationText.parse(text);
        return new ExpiryArgument(now -> now.plus(life), now -> now.minus(life));
      }
      if (!text.startsWith("P")) {
        Instant instant = Instant.parse(text);
        return new ExpiryArgument(now -> instant, now -> instant);
      }
      TemporalAmount life =
          text.matches("P.*[YMW].*") && !text.contains("T")
              ? Period.parse(text)
              : Duration.parse(text);
      return new ExpiryArgument(
          now -> now.atZone(ZoneOffset.UTC).plus(life).toInstant(),
          now -> now.atZone(ZoneOffset.UTC).minus(life).toInstant());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          text + " (expected: as P90D, P6M, PT12H or 2027-03-01T00:00:00Z)", e);
    }
  }

  /**
   * The end, for what begins at that time.
   *
   * @throws IllegalArgumentException if no calendar has it
   */
  public Instant from(Instant now) {
    return within(after, now);
  }

  /**
   * The time that is so long ago, for what has happened.
   *
   * @throws IllegalArgumentException if no calendar has it
   */
  public Instant ago(Instant now) {
    return within(before, now);
  }

  private static Instant within(UnaryOperator<Instant> step, Instant now) {
    try {
      return step.apply(now);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("beyond every calendar (expected: a date)", e);
    }
  }
}
