package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * The short name that a server gives to an issuer of tokens, or to an authority of certificates,
 * and that its policy and its records call it by.
 *
 * @param value 1 to 32 characters of {@code [a-z0-9-]}, the first a letter
 */
public record IssuerAlias(String value) {

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
  public IssuerAlias {
    requireNonNull(value, "value");
    if (!CHARACTERS.spells(value, 1, LONGEST) || !LETTERS.has(value.charAt(0))) {
      throw InvalidValue.of("alias", value, RULE);
    }
  }

  /**
   * The alias of that text.
   *
   * @throws IllegalArgumentException if the text breaks the rule above
   */
  public static IssuerAlias of(String text) {
    return new IssuerAlias(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
