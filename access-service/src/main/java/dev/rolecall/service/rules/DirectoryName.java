package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * The name of a directory of people.
 *
 * @param value 1 to 32 characters of {@code [a-z0-9-]}, the first a letter
 */
public record DirectoryName(String value) implements Comparable<DirectoryName> {

  /** The rule in words, as a message says it. */
  public static final String RULE = "1 to 32 characters of a-z 0-9 -, the first a letter";

  private static final Alphabet CHARACTERS = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of("-"));
  private static final Alphabet LETTERS = Alphabet.range('a', 'z');
  private static final int LONGEST = 32;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value breaks the rule above
   */
  public DirectoryName {
    requireNonNull(value, "value");
    if (!CHARACTERS.spells(value, 1, LONGEST) || !LETTERS.has(value.charAt(0))) {
      throw InvalidValue.of("directory", value, RULE);
    }
  }

  @Override
  public int compareTo(DirectoryName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
