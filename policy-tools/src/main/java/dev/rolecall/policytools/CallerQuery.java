package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.document.internal.PrincipalNotes;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.internal.InvalidValue;
import java.util.List;
import java.util.Optional;

/**
 * A caller to ask a policy about: one principal, its attributes and the grants that it holds, or
 * {@code nobody} for a call without a credential.
 *
 * <table>
 *   <caption>The spellings</caption>
 *   <tr><th>text</th><th>means</th></tr>
 *   <tr><td>{@code arn:aws:iam::111122223333:role/checkout}</td>
 *       <td>that role, whose unique id is not known: a deny rule that is pinned to an id
 *       matches</td></tr>
 *   <tr><td>{@code arn:aws:iam::111122223333:role/checkout#AROA...}</td>
 *       <td>that role with that unique id</td></tr>
 *   <tr><td>{@code oidc:github:repo:acme/shop}, {@code spiffe://example.org/checkout}, {@code
 *       dns:partners:api.example.com}, {@code key:ci}</td><td>that principal</td></tr>
 *   <tr><td>{@code nobody}</td><td>a call without a credential</td></tr>
 * </table>
 *
 * @param principal the principal; empty for a call without a credential
 * @param attributes the attributes beside it
 * @param grants the grants that it is stated to hold, in order
 */
public record CallerQuery(
    Optional<Principal> principal, Attributes attributes, List<StatedGrant> grants) {

  /** A call that brings no proof of who makes it. */
  public static final CallerQuery NOBODY =
      new CallerQuery(Optional.empty(), Attributes.none(), List.of());

  static final String EXPECTED =
      "one role's ARN, with #AROA... behind it where its unique id matters, one principal of"
          + " another kind, or nobody";

  private static final String NOBODY_TEXT = "nobody";

  /**
   * Checks that attributes and grants have a principal.
   *
   * @throws IllegalArgumentException if there are attributes or grants, and no principal
   */
  public CallerQuery {
    requireNonNull(principal, "principal");
    requireNonNull(attributes, "attributes");
    if (principal.isEmpty() && !attributes.isNone()) {
      throw new IllegalArgumentException("attributes of nobody (expected: none)");
    }
    grants = grants.stream().sorted().distinct().toList();
    if (principal.isEmpty() && !grants.isEmpty()) {
      throw new IllegalArgumentException("grants of nobody (expected: none)");
    }
  }

  /** A caller of that principal, without attributes. */
  public static CallerQuery of(Principal principal) {
    return new CallerQuery(Optional.of(principal), Attributes.none(), List.of());
  }

  /** A caller of that role, whose unique id is not known. */
  public static CallerQuery of(RoleArn role) {
    return of(IamRole.ofUnknownId(role));
  }

  /**
   * The same with those attributes.
   *
   * @throws IllegalArgumentException if there is no principal to have them
   */
  public CallerQuery with(Attributes attributes) {
    return new CallerQuery(principal, attributes, grants);
  }

  /**
   * The same holding those grants.
   *
   * @throws IllegalArgumentException if there is no principal to hold them
   */
  public CallerQuery holding(List<StatedGrant> grants) {
    return new CallerQuery(principal, attributes, grants);
  }

  /** Whether it is stated to hold the grant that a rule requires of a call. */
  boolean holds(GrantRequirement requirement, CallFacts call) {
    return grants.stream().anyMatch(grant -> grant.meets(requirement, call));
  }

  /**
   * Reads one of the spellings above.
   *
   * @throws IllegalArgumentException if the text has none of these forms; the message names the
   *     text and the rule
   */
  public static CallerQuery parse(String text) {
    requireNonNull(text, "text");
    return text.equals(NOBODY_TEXT) ? NOBODY : of(principal("caller", text));
  }

  /**
   * Reads one principal.
   *
   * @param what the text, as a message says it
   * @throws IllegalArgumentException if the text is no principal, or means several
   */
  static Principal principal(String what, String text) {
    PrincipalPattern pattern;
    try {
      pattern = PrincipalPattern.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PrincipalNotes.complaint(what, text, e), e);
    }
    return onlyOne(pattern).orElseThrow(() -> InvalidValue.broken(what, text, EXPECTED));
  }

  /** The one principal that a pattern means, where it tells which; else empty. */
  public static Optional<Principal> onlyOne(PrincipalPattern pattern) {
    return pattern.onlyPrincipal();
  }

  /** Whether a call is without a credential. */
  public boolean isNobody() {
    return principal.isEmpty();
  }

  /** The role; empty if the caller is of another kind. */
  public Optional<IamRole> role() {
    return principal.filter(IamRole.class::isInstance).map(IamRole.class::cast);
  }

  /** The principal, without the attributes and grants. */
  @Override
  public String toString() {
    String id = role().flatMap(IamRole::id).map(RoleId::value).map(value -> "#" + value).orElse("");
    return principal.map(Principal::text).orElse(NOBODY_TEXT) + id;
  }
}
