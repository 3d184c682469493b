package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.internal.InvalidValue;
import java.util.regex.Pattern;

/**
 * The methods that a rule means: one path, or every path that starts alike. The only wildcard is a
 * single {@code *} at the very end, for zero or more characters.
 *
 * <table>
 *   <caption>The spellings</caption>
 *   <tr><th>text</th><th>means</th></tr>
 *   <tr><td>{@code /orders.v1.Orders/Get}</td><td>that method</td></tr>
 *   <tr><td>{@code /orders.v1.Orders/Get*}</td><td>its methods whose names start with Get</td></tr>
 *   <tr><td>{@code /orders.v1.Orders/*}</td><td>every method of that service</td></tr>
 *   <tr><td>{@code /orders.*}, {@code /*}</td><td>every method of all such services: of those added
 *       later too, reflection among them</td></tr>
 * </table>
 *
 * @param text one of the spellings above
 */
public record MethodPattern(String text) {

  /** The form in words, as a message says it. */
  public static final String EXPECTED =
      "/package.Service/Method, or a start of it and one * at the very end";

  /**
   * The form of a public method's path. Without it one line could switch the verifier off for
   * services that are added later.
   */
  public static final String EXPECTED_OF_ONE_SERVICE =
      "a path that names its service: /package.Service/Method or /*";

  private static final String SEGMENT = MethodPath.SEGMENT;
  private static final Pattern START = Pattern.compile("/(" + SEGMENT + "(/(" + SEGMENT + ")?)?)?");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text has none of the forms above
   */
  public MethodPattern {
    requireNonNull(text, "text");
    if (!isValid(text)) {
      throw InvalidValue.broken("path", text, EXPECTED);
    }
  }

  /**
   * The pattern of that text.
   *
   * @throws IllegalArgumentException if the text has none of the forms above
   */
  public static MethodPattern parse(String text) {
    return new MethodPattern(text);
  }

  /** Whether the text is one of the spellings above. */
  public static boolean isValid(String text) {
    if (text.endsWith("*")) {
      return text.length() <= MethodPath.MAX_LENGTH
          && START.matcher(text.substring(0, text.length() - 1)).matches();
    }
    return MethodPath.isValid(text);
  }

  /** Whether {@code method} is one that the pattern means. */
  public boolean matches(MethodPath method) {
    return isPrefix() ? method.value().startsWith(start()) : method.value().equals(text);
  }

  /** Whether the pattern ends in a wildcard. */
  public boolean isPrefix() {
    return text.endsWith("*");
  }

  /** Whether all it means is in one service: both slashes stand before the wildcard. */
  public boolean staysInOneService() {
    return text.indexOf('/', 1) > 0;
  }

  /** The text before the wildcard, or all of it. */
  public String start() {
    return isPrefix() ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public String toString() {
    return text;
  }
}
