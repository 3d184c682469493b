package dev.rolecall.apikeys;

import dev.rolecall.identity.internal.Alphabet;
import java.security.SecureRandom;

/** The 62 digits that keys are written with: 0 to 9, A to Z, a to z, in the order of ASCII. */
final class Base62 {

  static final String RULE = "0-9 A-Z a-z";

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final Alphabet ALPHABET = Alphabet.of(DIGITS);

  private Base62() {}

  /** Whether the text is that many digits. */
  static boolean isValid(String text, int length) {
    return ALPHABET.spells(text, length, length);
  }

  /** That many digits, each drawn evenly. */
  static String random(SecureRandom random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return text.toString();
  }

  /** The number with leading zeros, in that many digits. */
  static String of(long number, int length) {
    char[] text = new char[length];
    long rest = number;
    for (int i = length - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    return new String(text);
  }
}
