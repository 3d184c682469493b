package dev.rolecall.identity.internal;

/**
 * The form that hosts and audiences share: lower-case DNS characters, if not all of DNS's rules.
 */
public final class HostName {

  private static final Alphabet CHARACTERS = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of(".-"));

  private HostName() {}

  /** Whether it is up to {@code longest} characters, the first and last a letter or digit. */
  public static boolean isValid(String text, int longest) {
    return CHARACTERS.spells(text, 1, longest)
        && Alphabet.LOWER_AND_DIGITS.has(text.charAt(0))
        && Alphabet.LOWER_AND_DIGITS.has(text.charAt(text.length() - 1));
  }
}
