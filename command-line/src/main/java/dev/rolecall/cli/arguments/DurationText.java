package dev.rolecall.cli.arguments;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A duration as users write it: as ISO 8601 has it ({@code PT1H30M}), or short ({@code 1h30m}). */
public final class DurationText {

  /** The rule in words, as a message says it. */
  static final String RULE = "as PT5S or PT1M30S, or short: 5s, 90m, 1h30m, 7d";

  private static final Pattern SHORT =
      Pattern.compile("(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?");

  private DurationText() {}

  /**
   * Reads either spelling.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static Duration parse(String text) {
    Matcher units = SHORT.matcher(text);
    if (!text.isEmpty() && units.matches()) {
      return Duration.ofDays(number(units.group(1)))
          .plusHours(number(units.group(2)))
          .plusMinutes(number(units.group(3)))
          .plusSeconds(number(units.group(4)));
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(text + " (expected: " + RULE + ")", e);
    }
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
