package dev.rolecall.service.rules;

import dev.rolecall.identity.internal.InvalidValue;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as people write them: {@code PT4H}, or {@code 4h}, {@code 30m}, {@code 7d}, {@code 1h30m}.
 */
public final class TimeSpan {

  /** The rule in words, as a message says it. */
  public static final String RULE = "a time such as 4h, 30m, 7d or PT4H";

  private static final Pattern SHORT =
      Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,7})s)?");
  private static final Pattern ISO =
      Pattern.compile("P(?:(\\d{1,4})D)?(?:T(?:(\\d{1,5})H)?(?:(\\d{1,6})M)?(?:(\\d{1,7})S)?)?");

  private TimeSpan() {}

  /**
   * The time that the text says, in whole seconds.
   *
   * @param name the name of the value, for the message
   * @throws IllegalArgumentException if the text is no such time
   */
  public static Duration parse(String name, String text) {
    for (Pattern form : new Pattern[] {SHORT, ISO}) {
      Matcher found = form.matcher(text);
      if (found.matches() && text.chars().anyMatch(Character::isDigit)) {
        return Duration.ofDays(number(found, 1))
            .plusHours(number(found, 2))
            .plusMinutes(number(found, 3))
            .plusSeconds(number(found, 4));
      }
    }
    throw InvalidValue.of(name, text, RULE);
  }

  private static long number(Matcher found, int group) {
    String digits = found.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** The time as people write it: {@code 1h30m}. */
  public static String text(Duration time) {
    String text =
        part(time.toDaysPart(), "d")
            + part(time.toHoursPart(), "h")
            + part(time.toMinutesPart(), "m")
            + part(time.toSecondsPart(), "s");
    return text.isEmpty() ? "0s" : text;
  }

  private static String part(long number, String unit) {
    return number == 0 ? "" : number + unit;
  }
}
