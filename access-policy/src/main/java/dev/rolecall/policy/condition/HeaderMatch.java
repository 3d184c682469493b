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

  /** Whether one of the patterns matches the value. */
  public boolean matches(String value) {
    for (HeaderPattern pattern : values) {
      if (pattern.matches(value)) {
        return true;
      }
    }
    return false;
  }
}
