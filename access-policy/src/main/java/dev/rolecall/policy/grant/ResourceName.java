package dev.rolecall.policy.grant;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * The name of a resource that a grant is for, such as {@code orders/eu-west-1}. Compared exactly,
 * case included.
 *
 * @param value 1 to 200 characters: segments of {@code [A-Za-z0-9._~-]}, 1 to 100 characters each,
 *     with a slash between them; no segment is {@code .} or {@code ..}
 */
public record ResourceName(String value) implements Comparable<ResourceName> {

  /** The rule in words, as a message says it. */
  public static final String RULE =
      "at most 200 characters: segments of A-Z a-z 0-9 . _ ~ -, 1 to 100 characters each, with"
          + " one / between them; not . or ..";

  private static final Alphabet CHARACTERS =
      Alphabet.range('A', 'Z').and(Alphabet.LOWER_AND_DIGITS).and(Alphabet.of("._~-"));
  private static final int LONGEST = 200;
  private static final int LONGEST_SEGMENT = 100;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value breaks the rule above
   */
  public ResourceName {
    requireNonNull(value, "value");
    if (!isName(value)) {
      throw InvalidValue.of("resource", value, RULE);
    }
  }

  private static boolean isName(String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      return false;
    }
    for (String segment : value.split("/", -1)) {
      if (!isSegment(segment)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text may stand between two slashes of a name. */
  public static boolean isSegment(String text) {
    return CHARACTERS.spells(text, 1, LONGEST_SEGMENT) && !text.equals(".") && !text.equals("..");
  }

  /**
   * The resource of that name.
   *
   * @throws IllegalArgumentException if the text breaks the rule above
   */
  public static ResourceName of(String text) {
    return new ResourceName(text);
  }

  @Override
  public int compareTo(ResourceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
