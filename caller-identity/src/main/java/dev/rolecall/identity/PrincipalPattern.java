package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * The callers that a rule means. The prefix of the text chooses the arm: {@code key:} a client by
 * name, anything else the roles of one of {@link RolePattern}'s spellings. A pattern of one kind
 * never matches a principal of another.
 */
public sealed interface PrincipalPattern permits RolePattern, ApiClientPattern {

  /** Whether the pattern means that principal. */
  boolean matches(Principal principal);

  /** Whether the pattern means that caller's principal. The evidence is not read. */
  default boolean matches(Caller caller) {
    return matches(caller.principal());
  }

  /**
   * Reads a pattern of any kind.
   *
   * @throws IllegalArgumentException if the text is no such pattern; the message names the text and
   *     the rule
   */
  static PrincipalPattern parse(String text) {
    requireNonNull(text, "text");
    if (text.startsWith(ApiClient.PREFIX)) {
      return ApiClientPattern.parse(text);
    }
    if (hasAnotherPrefix(text)) {
      throw InvalidValue.of(
          RolePatternText.WHAT,
          text,
          RoleResource.EXPECTED + ", arn:...:*, sso:{account}:{permission set} or key:{name}");
    }
    return RolePattern.parse(text);
  }

  /** Whether the text begins with a lower-case word and a colon, and no spelling does so. */
  private static boolean hasAnotherPrefix(String text) {
    int colon = Alphabet.LOWER_AND_DIGITS.endOfRun(text, 0);
    return colon > 0
        && text.startsWith(":", colon)
        && !text.startsWith("arn:")
        && !text.startsWith("sso:");
  }
}
