package dev.rolecall.tests.deploy;

import java.util.Locale;
import java.util.regex.Pattern;

/** Text in which {@code *} stands for any characters, and {@code ?} for one. */
final class WildcardText {

  private final String pattern;
  private final boolean ignoringCase;

  private WildcardText(String pattern, boolean ignoringCase) {
    this.pattern = pattern;
    this.ignoringCase = ignoringCase;
  }

  static WildcardText of(String pattern) {
    return new WildcardText(pattern, false);
  }

  static WildcardText ignoringCase(String pattern) {
    return new WildcardText(pattern.toLowerCase(Locale.ROOT), true);
  }

  boolean matches(String text) {
    StringBuilder regex = new StringBuilder();
    pattern
        .chars()
        .forEach(
            each ->
                regex.append(
                    each == '*'
                        ? ".*"
                        : each == '?' ? "." : Pattern.quote(Character.toString(each))));
    return Pattern.compile(regex.toString(), Pattern.DOTALL)
        .matcher(ignoringCase ? text.toLowerCase(Locale.ROOT) : text)
        .matches();
  }
}
