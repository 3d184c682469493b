package dev.rolecall.tokens;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.jwt.TokenLimits;
import dev.rolecall.tokens.internal.budget.SignatureBudget;
import dev.rolecall.tokens.internal.http.IssuerTransport;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scheme that recognises callers by access tokens: of OAuth2 and OIDC issuers, and AWS web
 * identity. One verifier has all issuers of a server: a token of any other is refused as {@code
 * ISSUER_NOT_ALLOWED}. Credentials of other schemes, and opaque tokens where no issuer is asked
 * about them, are left to the schemes after it.
 *
 * <p>Not safe for use by several threads at once. Bounds are checked by the method that sets them
 * or, where they depend on one another, when a verifier is made; a breach throws {@link
 * IllegalArgumentException} with the value and the rule.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JWT best current practices</a>
 */
public final class TokenVerifier implements Scheme {

  private static final Alphabet PRINTABLE = Alphabet.range('!', '~');
  private static final int LONGEST_AUDIENCE = 1_000;
  private static final int MOST_AUDIENCES = 8;

  private final Set<String> audiences;
  private final List<TokenIssuer> issuers = new ArrayList<>();
  private TokenLimits limits = TokenLimits.standard();
  private Duration signatureTime = SignatureBudget.USUAL;
  private @Nullable IssuerTransport transport;

  private TokenVerifier(Collection<String> audiences) {
    this.audiences = checked(audiences);
  }

  /** The audiences in their order, checked. */
  static Set<String> checked(Collection<String> audiences) {
    Set<String> all = new LinkedHashSet<>(audiences);
    if (all.isEmpty() || all.size() > MOST_AUDIENCES) {
      throw new IllegalArgumentException(
          "audiences: " + all.size() + " (expected: 1 to " + MOST_AUDIENCES + ")");
    }
    for (String each : all) {
      if (!PRINTABLE.spells(each, 1, LONGEST_AUDIENCE)) {
        throw InvalidValue.of("audience", each, "1 to 1000 printable characters without spaces");
      }
    }
    return all;
  }

  /**
   * The settings of an issuer, with all defaults: {@link TokenIssuer#of}.
   *
   * @throws IllegalArgumentException if a text breaks its rule
   */
  public static TokenIssuer issuer(String alias, String issuer) {
    return TokenIssuer.of(alias, issuer);
  }

  /**
   * A verifier that is known to its callers by that name, without issuers yet.
   *
   * @param audience what {@code aud} has: 1 to 1,000 printable characters, such as {@code orders}
   *     or {@code https://orders.example}
   * @param alsoAccepted the other names, seven at most
   * @throws IllegalArgumentException if an audience breaks the rule above
   */
  public static TokenVerifier forAudience(String audience, String... alsoAccepted) {
    return new TokenVerifier(Stream.concat(Stream.of(audience), Stream.of(alsoAccepted)).toList());
  }

  /**
   * Also accepts the tokens of that issuer. No two may have one alias, one text of {@code iss} or
   * one trust domain.
   *
   * @param issuer not to be changed afterwards
   */
  public TokenVerifier accept(TokenIssuer issuer) {
    issuers.add(requireNonNull(issuer, "issuer"));
    return this;
  }

  /**
   * The longest token that is read: 64 to 65,536 characters, 8,192 by default. gRPC bounds all
   * metadata of a call to 8 KiB, unless its server is told otherwise.
   */
  public TokenVerifier maxTokenCharacters(int most) {
    limits = limits.withCharacters(most);
    return this;
  }

  /**
   * The CPU time that the signature checks of all issuers may take together in each second: 50 ms
   * to 8 s, 250 ms by default. Tokens over it are refused as {@code TOO_MANY_LOOKUPS}, and told to
   * come again. It is enough for 7,000 tokens a second by RS256, and for 230 by ES256 on JDK 17.
   */
  public TokenVerifier signatureTime(Duration perSecond) {
    SignatureBudget.check(requireNonNull(perSecond, "perSecond"));
    signatureTime = perSecond;
    return this;
  }

  /** What carries requests to issuers, for tests. */
  TokenVerifier transport(IssuerTransport transport) {
    this.transport = requireNonNull(transport, "transport");
    return this;
  }

  /** The server's names for its issuers, which its policy may name. */
  @Override
  public Set<IssuerAlias> aliases() {
    return issuers.stream()
        .map(TokenIssuer::alias)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Checks the rules between the settings, and the files of certificate authorities. Blocks on
   * those files; asks no issuer.
   *
   * @throws IllegalArgumentException if a rule is broken, or such a file has no certificates
   */
  @Override
  public void check(Clock clock) {
    var unused = CheckedIssuers.of(issuers, audiences);
  }

  /** The SPIFFE trust domains whose workloads its issuers may vouch for. */
  @Override
  public Map<String, IssuerAlias> trustDomains() {
    Map<String, IssuerAlias> owners = new HashMap<>();
    issuers.forEach(
        issuer -> issuer.trustDomain().ifPresent(domain -> owners.put(domain, issuer.alias())));
    return owners;
  }

  /**
   * A verifier of these settings. It begins to fetch the keys of its issuers, and does not wait for
   * them.
   */
  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return new VerifierParts(CheckedIssuers.of(issuers, audiences), runtime, transport)
        .verifier(limits, signatureTime);
  }
}
