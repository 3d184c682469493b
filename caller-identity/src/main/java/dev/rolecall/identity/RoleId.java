package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.util.regex.Pattern;

/**
 * The unique id of an IAM role ({@code AROA...}). A role deleted and created again under the same
 * name has another one.
 *
 * @param value {@code AROA} and 12 to 124 characters of {@code [A-Z0-9]}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM
 *     identifiers, unique ids</a>
 */
public record RoleId(String value) {

  private static final Pattern FORM = Pattern.compile("AROA[A-Z0-9]{12,124}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if {@code value} is not a role's unique id
   */
  public RoleId {
    requireNonNull(value, "value");
    if (!FORM.matcher(value).matches()) {
      throw InvalidValue.of("role id", value, "AROA and 12 to 124 characters of A-Z 0-9");
    }
  }

  /**
   * The role id of that text.
   *
   * @throws IllegalArgumentException if the text is not a role's unique id
   */
  public static RoleId parse(String text) {
    return new RoleId(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
