package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * A client that is known by the name of its key or shared secret, as a principal.
 *
 * @param name 1 to 64 characters of {@code [a-z0-9-]}, the first a letter
 */
public record ApiClient(String name) implements Principal {

  /** The beginning of the text. */
  public static final String PREFIX = "key:";

  /** The rule of a name in words, as a message says it. */
  public static final String RULE = "1 to 64 characters of a-z 0-9 -, the first a letter";

  private static final Alphabet CHARACTERS = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of("-"));
  private static final Alphabet LETTERS = Alphabet.range('a', 'z');
  private static final int LONGEST = 64;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name breaks the rule above
   */
  public ApiClient {
    requireNonNull(name, "name");
    if (!isValid(name)) {
      throw InvalidValue.of("API client", name, RULE);
    }
  }

  /** Whether the text is the name of an API client. */
  public static boolean isValid(String name) {
    return CHARACTERS.spells(name, 1, LONGEST) && LETTERS.has(name.charAt(0));
  }

  @Override
  public PrincipalKind kind() {
    return PrincipalKind.API_CLIENT;
  }

  /** The name behind {@code key:}. */
  @Override
  public String text() {
    return PREFIX + name;
  }

  /** The text: each client is bounded alone. */
  @Override
  public String group() {
    return text();
  }

  @Override
  public String toString() {
    return text();
  }
}
