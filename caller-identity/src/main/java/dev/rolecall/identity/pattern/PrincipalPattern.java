package dev.rolecall.identity.pattern;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.DnsName;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.SpiffeId;
import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.identity.internal.RoleResource;
import java.util.Optional;

/**
 * The callers that a rule means. The prefix of the text chooses the arm, and the rest is taken
 * literally. A pattern of one kind never matches a principal of another, and no pattern spans
 * accounts, issuers or trust domains.
 *
 * <table>
 *   <caption>The spellings</caption>
 *   <tr><th>text</th><th>arm</th></tr>
 *   <tr><td>{@code arn:...}, {@code sso:...}</td><td>{@link RolePattern}</td></tr>
 *   <tr><td>{@code oidc:{alias}:...}, {@code client:{alias}:...}</td><td>{@link OidcPattern}</td></tr>
 *   <tr><td>{@code spiffe://...}, {@code dns:{alias}:...}</td>
 *       <td>{@link CertificatePattern}</td></tr>
 *   <tr><td>{@code key:{name}}</td><td>{@link ApiClientPattern}</td></tr>
 * </table>
 */
public sealed interface PrincipalPattern
    permits RolePattern, OidcPattern, CertificatePattern, ApiClientPattern {

  /** Whether the pattern means the caller with that principal and those attributes. */
  boolean matches(Principal principal, Attributes attributes);

  /**
   * Whether the pattern may mean that caller, as far as its credential tells: what a deny rule
   * asks. It differs from {@link #matches} for a pattern that is pinned to a role's unique id,
   * where the caller's is unknown, and for one that means a client, where the token names none.
   */
  default boolean couldMatch(Principal principal, Attributes attributes) {
    return matches(principal, attributes);
  }

  /** Whether the pattern means that caller. The evidence is not read. */
  default boolean matches(Caller caller) {
    return matches(caller.principal(), caller.attributes());
  }

  /** The one principal that the pattern means, where it tells which; else empty. */
  default Optional<Principal> onlyPrincipal() {
    return Optional.empty();
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
    if (text.startsWith(OidcSubject.PREFIX) || text.startsWith(OidcPattern.CLIENT_PREFIX)) {
      return OidcPattern.parse(text);
    }
    if (text.startsWith(SpiffeId.PREFIX) || text.startsWith(DnsName.PREFIX)) {
      return CertificatePattern.parse(text);
    }
    if (hasAnotherPrefix(text)) {
      throw InvalidValue.of(
          RolePatternText.WHAT,
          text,
          RoleResource.EXPECTED
              + ", arn:...:*, sso:{account}:{permission set}, oidc:{alias}:{subject},"
              + " client:{alias}:{client id}, spiffe://{domain}/{path}, dns:{alias}:{name} or"
              + " key:{name}");
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
