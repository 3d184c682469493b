package dev.rolecall.policy.condition;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.internal.InvalidValue;
import java.util.regex.Pattern;

/**
 * The values of a header that a rule means. Case counts.
 *
 * <table>
 *   <caption>The spellings</caption>
 *   <tr><th>text</th><th>means</th></tr>
 *   <tr><td>{@code blue}</td><td>that value</td></tr>
 *   <tr><td>{@code blue*}</td><td>the values that start with blue, blue itself too</td></tr>
 *   <tr><td>{@code *blue}</td><td>the values that end with blue, blue itself too</td></tr>
 *   <tr><td>{@code *}</td><td>every value that is not empty: the header is present</td></tr>
 * </table>
 *
 * <p>{@link HeaderMatch#matches} says what a comma in a value means.
 *
 * @param text one of the spellings above; 1 to 1,000 printable ASCII characters, the first and last
 *     no space
 * @see <a href="https://github.com/grpc/proposal/blob/master/A43-grpc-authorization-api.md">gRFC
 *     A43, whose matches these are</a>
 */
public record HeaderPattern(String text) {

  /** The form in words, as a message says it. */
  public static final String EXPECTED =
      "1 to 1000 printable ASCII characters, first and last no space, at most one * at one end";

  private static final Pattern FORM = Pattern.compile("[!-~]([ -~]{0,998}[!-~])?");
  private static final String WILDCARD = "*";

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text has none of the forms above
   */
  public HeaderPattern {
    requireNonNull(text, "text");
    if (!isValid(text)) {
      throw InvalidValue.broken("header value", text, EXPECTED);
    }
  }

  /**
   * The pattern of that text.
   *
   * @throws IllegalArgumentException if the text has none of the forms above
   */
  public static HeaderPattern parse(String text) {
    return new HeaderPattern(text);
  }

  private static boolean isValid(String text) {
    int star = text.indexOf('*');
    return FORM.matcher(text).matches()
        && star == text.lastIndexOf('*')
        && (star <= 0 || star == text.length() - 1);
  }

  /** Whether {@code value} is one that the pattern means. Allocates nothing. */
  public boolean matches(String value) {
    if (isPresence()) {
      return !value.isEmpty();
    }
    int literal = text.length() - 1;
    if (isPrefix()) {
      return value.regionMatches(0, text, 0, literal);
    }
    if (isSuffix()) {
      return value.length() >= literal
          && value.regionMatches(value.length() - literal, text, 1, literal);
    }
    return value.equals(text);
  }

  /** Whether a comma of a value that matches is in the part that the wildcard stands for. */
  boolean coversComma(String value) {
    int literal = text.length() - 1;
    if (isPrefix()) {
      return value.indexOf(',', literal) >= 0;
    }
    if (isSuffix()) {
      int comma = value.indexOf(',');
      return comma >= 0 && comma < value.length() - literal;
    }
    return false;
  }

  /** Whether every value that is not empty matches. */
  public boolean isPresence() {
    return text.equals(WILDCARD);
  }

  /** Whether the values start with {@link #literal}. */
  public boolean isPrefix() {
    return !isPresence() && text.endsWith(WILDCARD);
  }

  /** Whether the values end with {@link #literal}. */
  public boolean isSuffix() {
    return !isPresence() && text.startsWith(WILDCARD);
  }

  /** The text without its wildcard. */
  public String literal() {
    return text.replace(WILDCARD, "");
  }

  @Override
  public String toString() {
    return text;
  }
}
