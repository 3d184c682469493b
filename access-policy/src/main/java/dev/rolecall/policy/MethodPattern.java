package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Which methods a rule means: one path, or every path that starts alike. The only wildcard is a
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

  static final String EXPECTED =
      "/package.Service/Method, or a start of it and one * at the very end";

  private static final String SEGMENT = MethodPath.SEGMENT;
  private static final Pattern START = Pattern.compile("/(" + SEGMENT + "(/(" + SEGMENT + ")?)?)?");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is none of the spellings above
   */
  public MethodPattern {
    requireNonNull(text, "text");
    if (!isValid(text)) {
      throw Shown.broken("path", text, EXPECTED);
    }
  }

  /**
   * The pattern of that text.
   *
   * @throws IllegalArgumentException if the text is none of the spellings above
   */
  public static MethodPattern parse(String text) {
    return new MethodPattern(text);
  }

  static boolean isValid(String text) {
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

  boolean isPrefix() {
    return text.endsWith("*");
  }

  /** Whether all it means is in one service: both slashes stand before the wildcard. */
  boolean staysInOneService() {
    return text.indexOf('/', 1) > 0;
  }

  /** The text before the wildcard, or all of it. */
  String start() {
    return isPrefix() ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public String toString() {
    return text;
  }
}
