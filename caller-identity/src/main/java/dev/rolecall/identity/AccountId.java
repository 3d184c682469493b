package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.util.regex.Pattern;

/**
 * An AWS account id: twelve digits, leading zeros kept.
 *
 * @param digits the twelve digits
 */
public record AccountId(String digits) {

  private static final Pattern FORM = Pattern.compile("[0-9]{12}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if {@code digits} is not exactly twelve ASCII digits
   */
  public AccountId {
    requireNonNull(digits, "digits");
    if (!FORM.matcher(digits).matches()) {
      throw InvalidValue.of("account", digits, "12 digits");
    }
  }

  /**
   * The account of that id.
   *
   * @throws IllegalArgumentException if the text is not exactly twelve ASCII digits
   */
  public static AccountId parse(String text) {
    return new AccountId(text);
  }

  @Override
  public String toString() {
    return digits;
  }
}
