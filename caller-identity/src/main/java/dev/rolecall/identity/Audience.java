package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.HostName;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * The name of the callee a proof is meant for: one name per service and environment that must not
 * be confused with another. A proof for {@code orders} is worthless at {@code billing}; that is the
 * defence against a callee that passes its callers' proofs on.
 *
 * @param name 1 to 128 characters of {@code [a-z0-9.-]}, the first and last a letter or digit
 */
public record Audience(String name) {

  private static final int LONGEST = 128;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the name breaks the rule above
   */
  public Audience {
    requireNonNull(name, "name");
    if (!isValid(name)) {
      throw InvalidValue.of(
          "audience", name, "1 to 128 characters of a-z 0-9 . -, first and last of a-z 0-9");
    }
  }

  /**
   * The audience of that name.
   *
   * @throws IllegalArgumentException if the name breaks the rule above
   */
  public static Audience of(String name) {
    return new Audience(name);
  }

  /** Whether the text is an audience's name. */
  public static boolean isValid(String name) {
    return HostName.isValid(name, LONGEST);
  }

  @Override
  public String toString() {
    return name;
  }
}
