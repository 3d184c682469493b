package dev.rolecall.stsemulator;

import java.util.regex.Pattern;

/**
 * The rules of IAM's tags.
 *
 * @param key the key
 * @param value the value
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html">Tag</a>
 */
record Tag(String key, String value) {

  static final String KEY_RULE = "1 to 128 letters, digits, blanks and _ . : / = + - @";
  static final String VALUE_RULE = "0 to 256 letters, digits, blanks and _ . : / = + - @";
  static final String KEY_PATTERN = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+";
  static final String VALUE_PATTERN = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*";

  private static final Pattern KEY = Pattern.compile(KEY_PATTERN);
  private static final Pattern VALUE = Pattern.compile(VALUE_PATTERN);
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  static boolean isKey(String text) {
    return text.length() <= LONGEST_KEY && KEY.matcher(text).matches();
  }

  static boolean isValue(String text) {
    return text.length() <= LONGEST_VALUE && VALUE.matcher(text).matches();
  }
}
