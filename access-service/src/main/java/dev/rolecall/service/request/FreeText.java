package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

/**
 * A text that a person wrote, such as a reason. It may be hostile: pages and terminals must show it
 * as text.
 *
 * @param value 1 to 2,000 characters, not only white space and such of no width; no control
 *     characters but line feeds and tabs, and no half of a surrogate pair
 */
public record FreeText(String value) {

  /** The rule in words, as a message says it. */
  public static final String RULE =
      "1 to 2000 characters, not only white space, no control characters but line feed and tab";

  private static final int LONGEST = 2000;

  /**
   * Checks the form. The message does not quote the text.
   *
   * @throws IllegalArgumentException if the text breaks the rule above
   */
  public FreeText {
    requireNonNull(value, "value");
    if (!isAllowed(value)) {
      throw new IllegalArgumentException(
          "text: " + value.length() + " characters that break the rule (expected: " + RULE + ")");
    }
  }

  /** Whether a text follows the rule above. */
  public static boolean isAllowed(String text) {
    return text.length() <= LONGEST
        && text.codePoints().anyMatch(FreeText::isVisible)
        && text.codePoints().noneMatch(FreeText::isForbidden);
  }

  /** Whether a reader sees it: no space of any kind, nor a character without a width. */
  private static boolean isVisible(int point) {
    return !Character.isWhitespace(point)
        && !Character.isSpaceChar(point)
        && Character.getType(point) != Character.FORMAT;
  }

  private static boolean isForbidden(int point) {
    int type = Character.getType(point);
    return type == Character.SURROGATE
        || (type == Character.CONTROL && point != '\n' && point != '\t');
  }

  /**
   * The text.
   *
   * @throws IllegalArgumentException if it breaks the rule above
   */
  public static FreeText of(String text) {
    return new FreeText(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
