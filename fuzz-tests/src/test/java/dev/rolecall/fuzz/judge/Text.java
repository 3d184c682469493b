package dev.rolecall.fuzz.judge;

import java.util.List;
import java.util.stream.IntStream;

/** Plain questions about characters. */
final class Text {

  static final String DIGITS = "0123456789";
  static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static final String HEX = DIGITS + "abcdef";
  static final String IAM_NAME = LOWER + UPPER + DIGITS + "_+=,.@-";
  static final String BASE64URL = UPPER + LOWER + DIGITS + "-_";

  private Text() {}

  /** Whether {@code text} has that many characters, all of the alphabet. */
  static boolean is(String text, int least, int most, String alphabet) {
    return text.length() >= least
        && text.length() <= most
        && text.chars().allMatch(c -> alphabet.indexOf(c) >= 0);
  }

  /** The parts between the separators, empty ones too. */
  static List<String> parts(String text, char separator) {
    int[] at = IntStream.range(0, text.length()).filter(i -> text.charAt(i) == separator).toArray();
    return IntStream.rangeClosed(0, at.length)
        .mapToObj(
            i -> text.substring(i == 0 ? 0 : at[i - 1] + 1, i == at.length ? text.length() : at[i]))
        .toList();
  }

  /** Whether all characters can be seen and none is one of those. */
  static boolean isVisible(String text, String but) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f && but.indexOf(c) < 0);
  }
}
