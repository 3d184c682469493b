package dev.rolecall.policy.condition;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * A condition on one header. It holds if the call brings the header and one of the patterns matches
 * its value. A header is the caller's own claim: it narrows a rule, and identifies no caller.
 *
 * @param key the header's name
 * @param values the patterns; 1 to 1,000
 */
public record HeaderMatch(HeaderName key, List<HeaderPattern> values) {

  /** The most parts between commas that a deny rule compares. A value of more matches it. */
  static final int MOST_PARTS = 100;

  private static final int MOST = 1_000;

  /**
   * Checks that the condition means something.
   *
   * @throws IllegalArgumentException if there is no pattern, or there are too many
   */
  public HeaderMatch {
    requireNonNull(key, "key");
    values = List.copyOf(values);
    if (values.isEmpty() || values.size() > MOST) {
      throw new IllegalArgumentException(
          "header \"" + key + "\": " + values.size() + " values (expected: 1 to " + MOST + ")");
    }
  }

  /**
   * A condition on the header of that name.
   *
   * @throws IllegalArgumentException if the name or a value has not the form of {@link HeaderName}
   *     and {@link HeaderPattern}, or there is no value
   */
  public static HeaderMatch of(String key, String... values) {
    return new HeaderMatch(
        HeaderName.parse(key), Stream.of(values).map(HeaderPattern::parse).toList());
  }

  /**
   * Whether the condition holds for a header of a call, in an allow rule or in a deny rule.
   *
   * <p>A comma may stand between the values of a repeated header, of which a handler may read any
   * one. So an allow rule takes the value as a whole, and the wildcard beside a text covers no
   * comma. A deny rule takes the whole, and each part between commas too.
   *
   * @param value the value; those of a repeated header joined with commas
   * @param deny whether a deny rule asks
   */
  public boolean matches(String value, boolean deny) {
    return deny ? denies(value) : allows(value);
  }

  private boolean allows(String value) {
    for (HeaderPattern pattern : values) {
      if (pattern.matches(value) && !pattern.coversComma(value)) {
        return true;
      }
    }
    return false;
  }

  private boolean denies(String value) {
    if (anyMatches(value)) {
      return true;
    }
    int start = 0;
    for (int parts = 1; ; parts++) {
      int comma = value.indexOf(',', start);
      if (comma < 0) {
        return parts > 1 && anyMatches(value.substring(start).strip());
      }
      // No honest caller sends so many; the rest would cost more than they tell.
      if (parts == MOST_PARTS || anyMatches(value.substring(start, comma).strip())) {
        return true;
      }
      start = comma + 1;
    }
  }

  /** A header that is there with an empty value is present to a deny rule. */
  private boolean anyMatches(String value) {
    for (HeaderPattern pattern : values) {
      if (pattern.isPresence() || pattern.matches(value)) {
        return true;
      }
    }
    return false;
  }
}
