package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.util.regex.Pattern;

/**
 * The name of an IAM role, without its path. Compared exactly, case included, as STS returns it.
 *
 * @param value 1 to 64 characters of {@code [A-Za-z0-9_+=,.@-]}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html">IAM
 *     CreateRole, RoleName</a>
 */
public record RoleName(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if IAM could not have a role of that name
   */
  public RoleName {
    requireNonNull(value, "value");
    if (!FORM.matcher(value).matches()) {
      throw InvalidValue.of("role name", value, "1 to 64 characters of A-Z a-z 0-9 _ + = , . @ -");
    }
  }

  /**
   * The role name of that text.
   *
   * @throws IllegalArgumentException if IAM could not have a role of that name
   */
  public static RoleName parse(String text) {
    return new RoleName(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
