package dev.rolecall.proof;

import dev.rolecall.identity.internal.Alphabet;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The reader of {@code X-Amz-Date}, {@code yyyymmddThhmmssZ}: a day of the calendar from year 0 to
 * 9999, and a time of a clock without leap seconds.
 */
final class AmzDate {

  private static final int LENGTH = 16;
  private static final int T_AT = 8;
  private static final int Z_AT = 15;

  private AmzDate() {}

  /** The instant; empty if the form is another, no calendar has the day or no clock the time. */
  static Optional<Instant> instant(String text) {
    if (text.length() != LENGTH
        || text.charAt(T_AT) != 'T'
        || text.charAt(Z_AT) != 'Z'
        || Alphabet.DIGITS.endOfRun(text, 0) != T_AT
        || Alphabet.DIGITS.endOfRun(text, T_AT + 1) != Z_AT) {
      return Optional.empty();
    }
    int year = number(text, 0, 4);
    int month = number(text, 4, 6);
    int day = number(text, 6, 8);
    int hour = number(text, 9, 11);
    int minute = number(text, 11, 13);
    int second = number(text, 13, 15);
    if (!isDay(year, month, day) || hour > 23 || minute > 59 || second > 59) {
      return Optional.empty();
    }
    return Optional.of(
        LocalDateTime.of(year, month, day, hour, minute, second).toInstant(ZoneOffset.UTC));
  }

  private static boolean isDay(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= Month.of(month).length(Year.isLeap(year));
  }

  private static int number(String digits, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + (digits.charAt(i) - '0');
    }
    return number;
  }
}
