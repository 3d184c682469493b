package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.internal.InvalidValue;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A named list of principals, which rules name as {@code group:NAME}. A group is no member of a
 * group.
 *
 * @param name the name: a lower-case letter, then at most 62 letters, digits, {@code _} or {@code
 *     -}
 * @param members the principals, in the order they are written; at least one, and no group
 * @param at the place where the group is written
 */
public record PrincipalGroup(String name, List<RulePrincipal> members, Place at) {

  /** The beginning of a principal that names a group. */
  public static final String PREFIX = "group:";

  /** The form of a name in words, as a message says it. */
  public static final String EXPECTED_NAME =
      "a lower-case letter, then at most 62 of a-z 0-9 _ and -";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

  /**
   * Checks the name and the members.
   *
   * @throws IllegalArgumentException if the name breaks the rule above, there is no member, or one
   *     is a group
   */
  public PrincipalGroup {
    requireNonNull(name, "name");
    requireNonNull(at, "at");
    if (!isValidName(name)) {
      throw InvalidValue.broken("group", name, EXPECTED_NAME);
    }
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException(
          "group \"" + name + "\": no members (expected: at least one)");
    }
    if (members.stream().anyMatch(RulePrincipal.Group.class::isInstance)) {
      throw new IllegalArgumentException(
          "group \"" + name + "\": a group as a member (expected: its members)");
    }
  }

  /** Whether a group, or a group of accounts, may have that name. */
  public static boolean isValidName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The patterns of all members. */
  public Stream<PrincipalPattern> patterns() {
    return members.stream().flatMap(RulePrincipal::patterns);
  }

  @Override
  public String toString() {
    return PREFIX + name;
  }
}
