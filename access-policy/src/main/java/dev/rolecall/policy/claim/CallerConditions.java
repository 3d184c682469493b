package dev.rolecall.policy.claim;

import dev.rolecall.identity.Attributes;
import dev.rolecall.policy.internal.InvalidValue;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The conditions of a rule on its caller, beside the principal. All of them must hold. A list that
 * is empty narrows nothing.
 *
 * <p>A claim or tag that the caller has not, or that is of another type, meets no condition of an
 * allow rule and each condition of a deny rule. So do the scopes of a caller without any scope.
 *
 * @param claims the conditions on claims
 * @param scopes the scopes that a token must all grant; at most 100
 * @param tags the conditions on principal tags; with those on claims at most 100
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, section 3.3, access
 *     token scope</a>
 */
public record CallerConditions(
    List<ClaimCondition> claims, List<String> scopes, List<TagCondition> tags) {

  /** The form of a scope in words, as a message says it. */
  public static final String EXPECTED_SCOPE =
      "one scope: 1 to 200 printable ASCII characters, no space, \" or \\";

  private static final CallerConditions NONE =
      new CallerConditions(List.of(), List.of(), List.of());
  private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]{1,200}");
  private static final int MOST = 100;

  /**
   * Checks the counts and the scopes.
   *
   * @throws IllegalArgumentException if there are too many, or a text is no scope
   */
  public CallerConditions {
    claims = List.copyOf(claims);
    scopes = List.copyOf(scopes);
    tags = List.copyOf(tags);
    check("claims and tags", claims.size() + tags.size());
    check("scopes", scopes.size());
    scopes.forEach(CallerConditions::checkScope);
  }

  private static void check(String what, int count) {
    if (count > MOST) {
      throw new IllegalArgumentException(
          what + ": " + count + " (expected: at most " + MOST + " in a rule)");
    }
  }

  /**
   * Checks the form of a scope.
   *
   * @return the scope
   * @throws IllegalArgumentException if no scope is like that
   */
  public static String checkScope(String scope) {
    if (!SCOPE.matcher(scope).matches()) {
      throw InvalidValue.broken("scope", scope, EXPECTED_SCOPE);
    }
    return scope;
  }

  /** No conditions. */
  public static CallerConditions none() {
    return NONE;
  }

  /**
   * The condition on the claim of that name.
   *
   * @throws IllegalArgumentException if no claim has that name
   */
  public static CallerConditions withClaim(String name, ClaimTest test) {
    return new CallerConditions(
        List.of(new ClaimCondition(ClaimName.of(name), test)), List.of(), List.of());
  }

  /**
   * The condition that a token grants those scopes.
   *
   * @throws IllegalArgumentException if one is no scope
   */
  public static CallerConditions withScopes(String... scopes) {
    return new CallerConditions(List.of(), List.of(scopes), List.of());
  }

  /**
   * The condition on the principal tag of that key.
   *
   * @throws IllegalArgumentException if no tag has that key or can meet that test
   */
  public static CallerConditions withTag(String key, ClaimTest test) {
    return new CallerConditions(List.of(), List.of(), List.of(new TagCondition(key, test)));
  }

  /**
   * These conditions and those, all of which must hold.
   *
   * @throws IllegalArgumentException if they are too many
   */
  public CallerConditions and(CallerConditions other) {
    return new CallerConditions(
        Stream.concat(claims.stream(), other.claims.stream()).toList(),
        Stream.concat(scopes.stream(), other.scopes.stream()).distinct().toList(),
        Stream.concat(tags.stream(), other.tags.stream()).toList());
  }

  /** Whether there are none, so that they hold for every caller. */
  public boolean isNone() {
    return claims.isEmpty() && scopes.isEmpty() && tags.isEmpty();
  }

  /**
   * Whether the conditions hold for a caller with those attributes.
   *
   * @param deny whether a deny rule asks
   */
  public boolean hold(Attributes caller, boolean deny) {
    for (ClaimCondition claim : claims) {
      if (!claim.of(caller).holds(deny)) {
        return false;
      }
    }
    for (TagCondition tag : tags) {
      if (!tag.of(caller).holds(deny)) {
        return false;
      }
    }
    for (String scope : scopes) {
      if (!scope(scope, caller).holds(deny)) {
        return false;
      }
    }
    return true;
  }

  /** The outcome of the condition that a caller's token grants that scope. */
  public static Outcome scope(String scope, Attributes caller) {
    return caller.scopes().isEmpty()
        ? Outcome.UNKNOWN
        : Outcome.met(caller.scopes().contains(scope));
  }
}
