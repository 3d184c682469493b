package dev.rolecall.tokens.internal.keys;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The time for which a key set is left alone: 5 minutes, or what {@code max-age} says, from a
 * minute to an hour. What forbids caching is not obeyed: some issuers say it of their keys.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.1">RFC 9111, max-age</a>
 */
final class Freshness {

  static final Duration USUAL = Duration.ofMinutes(5);

  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofHours(1);
  private static final String MAX_AGE = "max-age=";
  private static final int MOST_DIGITS = 9;

  private Freshness() {}

  static Duration of(Optional<String> cacheControl) {
    return cacheControl.flatMap(Freshness::maxAge).map(Freshness::within).orElse(USUAL);
  }

  private static Optional<Duration> maxAge(String cacheControl) {
    for (String part : cacheControl.toLowerCase(Locale.ROOT).split(",", -1)) {
      String directive = part.strip();
      if (directive.startsWith(MAX_AGE)) {
        return seconds(directive.substring(MAX_AGE.length()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> seconds(String digits) {
    return digits.matches("[0-9]{1," + MOST_DIGITS + "}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(digits)))
        : Optional.empty();
  }

  private static Duration within(Duration age) {
    if (age.compareTo(LEAST) < 0) {
      return LEAST;
    }
    return age.compareTo(MOST) > 0 ? MOST : age;
  }
}
