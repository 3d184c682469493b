package dev.rolecall.policy.claim;

import dev.rolecall.identity.ClaimValue;
import dev.rolecall.policy.internal.InvalidValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a claim: of a claim of the token, or of a member of an object in it. A list of names
 * leads through objects, since a name itself may hold dots and slashes.
 *
 * @param names the name of the claim, then those of members; 1 to {@value #DEEPEST}, each of 1 to
 *     200 printable ASCII characters
 */
public record ClaimName(List<String> names) {

  /** The most names that lead to a claim. */
  public static final int DEEPEST = 16;

  /** The form of one name in words, as a message says it. */
  public static final String EXPECTED =
      "1 to 200 printable ASCII characters, first and last no space";

  private static final Pattern FORM = Pattern.compile("[!-~]([ -~]{0,198}[!-~])?");

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if one breaks the rule above, or there are too few or too many
   */
  public ClaimName {
    names = List.copyOf(names);
    if (names.isEmpty() || names.size() > DEEPEST) {
      throw new IllegalArgumentException(
          "claim: " + names.size() + " names (expected: 1 to " + DEEPEST + ")");
    }
    for (String name : names) {
      if (!FORM.matcher(name).matches()) {
        throw InvalidValue.broken("claim", name, EXPECTED);
      }
    }
  }

  /**
   * The claim of that name, or the member that the further names lead to.
   *
   * @throws IllegalArgumentException if a name breaks the rule above
   */
  public static ClaimName of(String... names) {
    return new ClaimName(List.of(names));
  }

  /** Its value among the claims of a caller; empty if it is absent, or leads through no object. */
  public Optional<ClaimValue> in(Map<String, ClaimValue> claims) {
    Map<String, ClaimValue> members = claims;
    int last = names.size() - 1;
    for (int i = 0; i < last; i++) {
      if (!(members.get(names.get(i)) instanceof ClaimValue.Members object)) {
        return Optional.empty();
      }
      members = object.values();
    }
    return Optional.ofNullable(members.get(names.get(last)));
  }

  /** The name, or the list of names in brackets. */
  @Override
  public String toString() {
    return names.size() == 1 ? names.get(0) : names.toString();
  }
}
