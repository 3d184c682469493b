package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.internal.InvalidValue;
import java.util.regex.Pattern;

/**
 * The name of a rule, unique in its policy. Decisions, audit records and metrics use it.
 *
 * @param value 1 to 200 printable ASCII characters, the first and last no space
 */
public record RuleName(String value) {

  /** The form in words, as a message says it. */
  public static final String EXPECTED =
      "1 to 200 printable ASCII characters, first and last no space";

  /** The most characters of a name. */
  public static final int MAX_LENGTH = 200;

  private static final Pattern FORM = Pattern.compile("[!-~]([ -~]{0,198}[!-~])?");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value breaks the rule above
   */
  public RuleName {
    requireNonNull(value, "value");
    if (!isValid(value)) {
      throw InvalidValue.broken("rule name", value, EXPECTED);
    }
  }

  /**
   * The rule name of that text.
   *
   * @throws IllegalArgumentException if the text breaks the rule above
   */
  public static RuleName parse(String text) {
    return new RuleName(text);
  }

  /** Whether the text keeps the rule above. */
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
