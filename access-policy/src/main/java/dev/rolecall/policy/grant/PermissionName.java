package dev.rolecall.policy.grant;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * The name of a permission that is granted for a time, such as {@code orders-admin}. Policies name
 * it, and the rules of the access service say who may ask for it.
 *
 * @param value 1 to 64 characters of {@code [a-z0-9._-]}, the first a letter
 */
public record PermissionName(String value) implements Comparable<PermissionName> {

  /** The rule in words, as a message says it. */
  public static final String RULE = "1 to 64 characters of a-z 0-9 . _ -, the first a letter";

  private static final Alphabet CHARACTERS = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of("._-"));
  private static final Alphabet LETTERS = Alphabet.range('a', 'z');
  private static final int LONGEST = 64;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value breaks the rule above
   */
  public PermissionName {
    requireNonNull(value, "value");
    if (!isValid(value)) {
      throw InvalidValue.of("permission", value, RULE);
    }
  }

  /** Whether the text keeps the rule above. */
  public static boolean isValid(String text) {
    return CHARACTERS.spells(text, 1, LONGEST) && LETTERS.has(text.charAt(0));
  }

  /**
   * The permission of that name.
   *
   * @throws IllegalArgumentException if the text breaks the rule above
   */
  public static PermissionName of(String text) {
    return new PermissionName(text);
  }

  @Override
  public int compareTo(PermissionName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
