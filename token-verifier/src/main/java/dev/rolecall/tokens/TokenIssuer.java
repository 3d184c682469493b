package dev.rolecall.tokens;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.SpiffeId;
import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.jwt.TimeRules;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.tokens.internal.claim.Expected;
import dev.rolecall.tokens.internal.claim.TokenRules;
import dev.rolecall.tokens.internal.claim.Vouched;
import dev.rolecall.tokens.internal.http.IssuerUrl;
import dev.rolecall.tokens.internal.introspection.IntrospectionSettings;
import dev.rolecall.tokens.internal.keys.KeySource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one issuer whose tokens are accepted. Closed by default: access tokens of RFC
 * 9068, signed by RS256 or ES256, that live for a day at most, with keys fetched over TLS from
 * where the issuer's own discovery document says.
 *
 * <p>Not safe for use by several threads at once. Bounds are checked by the method that sets them
 * or, where they depend on one another, when a verifier is made; a breach throws {@link
 * IllegalArgumentException} with the value and the rule.
 */
public final class TokenIssuer {

  private static final Alphabet PRINTABLE = Alphabet.range('!', '~');
  private static final int LONGEST_ISSUER = 1_024;

  private final IssuerAlias alias;
  private final String issuer;
  private IssuerProfile profile = IssuerProfile.RFC9068;
  private Set<Algorithm> algorithms = Set.of(Algorithm.RS256, Algorithm.ES256);
  private TimeRules times = TimeRules.standard();
  private Set<String> clients = Set.of();
  private Set<String> audiences = Set.of();
  private KeySource keys = KeySource.ofDefaults();
  private @Nullable IntrospectionSettings introspection;
  private Optional<Vouched> vouched = Optional.empty();

  private TokenIssuer(IssuerAlias alias, String issuer) {
    this.alias = alias;
    this.issuer = requireNonNull(issuer, "issuer");
    if (!PRINTABLE.spells(issuer, 1, LONGEST_ISSUER)) {
      throw InvalidValue.of("issuer", issuer, "1 to 1024 printable characters, as iss has it");
    }
  }

  /**
   * An issuer.
   *
   * @param alias the server's name for it, as {@link IssuerAlias} has it: what policies and records
   *     call it by
   * @param issuer the text that {@code iss} equals, character by character: with a slash at the
   *     end, if the issuer has one
   * @throws IllegalArgumentException if a text breaks its rule
   */
  public static TokenIssuer of(String alias, String issuer) {
    return new TokenIssuer(new IssuerAlias(alias), issuer);
  }

  /**
   * The issuer of web identity tokens of one account of AWS's commercial partition. Its callers are
   * IAM roles of that account, of unknown unique ids. Its alias is {@code aws-} and the account.
   *
   * @param account twelve digits
   * @param issuer the issuer's URL, as {@code aws iam get-outbound-web-identity-federation-info}
   *     prints it: {@code https://{uuid}.tokens.sts.global.api.aws}
   * @throws IllegalArgumentException if a text breaks its rule
   */
  public static TokenIssuer ofWebIdentity(String account, String issuer) {
    return ofWebIdentity(Partition.AWS, AccountId.parse(account), issuer);
  }

  /** The same of another partition. */
  public static TokenIssuer ofWebIdentity(Partition partition, AccountId account, String issuer) {
    TokenIssuer made = of("aws-" + account.digits(), issuer);
    made.profile = IssuerProfile.AWS;
    made.algorithms = Set.of(Algorithm.RS256, Algorithm.ES384);
    made.vouched = Optional.of(new Vouched.RolesOfAccount(partition, account));
    return made;
  }

  /**
   * The way in which it writes its tokens: {@link IssuerProfile#RFC9068} by default.
   *
   * @throws IllegalArgumentException for {@link IssuerProfile#AWS}, whose accounts must be named
   */
  public TokenIssuer profile(IssuerProfile profile) {
    boolean isAws = this.profile == IssuerProfile.AWS;
    if (isAws != (profile == IssuerProfile.AWS)) {
      throw InvalidValue.of(
          "profile", profile.label(), "aws for TokenIssuer.ofWebIdentity, and for it alone");
    }
    this.profile = profile;
    if (profile == IssuerProfile.ROLECALL) {
      vouched = Optional.of(new Vouched.Roles());
    }
    return this;
  }

  /** The trust domain of its workloads: for {@link IssuerProfile#SPIFFE}, and for it alone. */
  public TokenIssuer trustDomain(String domain) {
    if (!SpiffeId.isTrustDomain(domain)) {
      throw InvalidValue.of("trust domain", domain, "1 to 255 characters of a-z 0-9 . _ -");
    }
    vouched = Optional.of(new Vouched.Workloads(domain));
    return this;
  }

  /**
   * The algorithms that it may sign by, in place of RS256 and ES256. A key without {@code alg}
   * takes these of its kind. An elliptic curve costs a server 20 to 150 times what RSA does.
   */
  public TokenIssuer algorithms(Collection<Algorithm> algorithms) {
    if (algorithms.isEmpty()) {
      throw new IllegalArgumentException("algorithms: none (expected: at least one)");
    }
    this.algorithms = Set.copyOf(algorithms);
    return this;
  }

  /**
   * How far ahead of this server's clock {@code iat} and {@code nbf} may lie: 0 to 60 s, 30 s by
   * default. {@code exp} allows for no skew: calls and streams end there.
   */
  public TokenIssuer maxClockSkew(Duration skew) {
    times = new TimeRules(requireNonNull(skew, "skew"), times.maxLife());
    return this;
  }

  /** How long its tokens may live from {@code iat} on: 1 min to 366 days, 24 h by default. */
  public TokenIssuer maxLife(Duration life) {
    times = new TimeRules(times.skew(), requireNonNull(life, "life"));
    return this;
  }

  /**
   * Accepts tokens of those clients alone; by default of every client, and the access policy
   * decides. Must be given for {@link IssuerProfile#COGNITO}, whose tokens name no audience.
   */
  public TokenIssuer allowClients(Collection<String> clients) {
    for (String client : clients) {
      if (!OidcSubject.isValid(client)) {
        throw InvalidValue.of("client", client, OidcSubject.RULE);
      }
    }
    this.clients = Set.copyOf(clients);
    return this;
  }

  /**
   * The names by which its tokens mean this server, in place of the verifier's: some providers
   * choose the name themselves, such as Entra ID's application id.
   */
  public TokenIssuer audiences(Collection<String> audiences) {
    this.audiences = TokenVerifier.checked(audiences);
    return this;
  }

  /** The URL of its discovery document, in place of the well-known one. */
  public TokenIssuer discoveryUrl(URI url) {
    keys = keys.withDiscovery(url);
    return this;
  }

  /** The URL of its key set. Discovery is not used then. */
  public TokenIssuer keySetUrl(URI url) {
    keys = keys.withKeySet(url);
    return this;
  }

  /**
   * A PEM file of the certificate authorities that its servers are trusted by, in place of the
   * JVM's. Read when a verifier is made.
   */
  public TokenIssuer trustCertificates(Path pem) {
    keys = keys.withTrust(pem);
    return this;
  }

  /** Allows {@code http://} to this machine, for tests and emulators. */
  public TokenIssuer allowPlainHttpOnLoopback() {
    keys = keys.withPlainOnLoopback();
    return this;
  }

  /**
   * How long its last good keys are used when none can be fetched: 1 min to 7 days, 24 h by
   * default.
   */
  public TokenIssuer keepKeysThroughOutage(Duration time) {
    keys = keys.withKeep(requireNonNull(time, "time"));
    return this;
  }

  /**
   * Also accepts opaque tokens, about which this issuer is asked (RFC 7662). One issuer of a
   * verifier may be asked.
   *
   * @param endpoint the introspection endpoint
   * @param clientFile two lines: this server's client id and its secret. Read for each request
   */
  public TokenIssuer introspect(URI endpoint, Path clientFile) {
    introspection = IntrospectionSettings.of(endpoint, clientFile);
    return this;
  }

  /**
   * After how long it is asked again about an opaque token: 1 s to 1 h, 60 s by default. Streams
   * end then too, since no answer says that the token is still active.
   */
  public TokenIssuer introspectAgainAfter(Duration time) {
    introspection = introspected().withAgain(requireNonNull(time, "time"));
    return this;
  }

  /**
   * Accepts opaque tokens whose issuer states no {@code aud}. <b>A token for any other server is
   * good here then</b>, unless the issuer answers "not active" to a client it is not for.
   */
  public TokenIssuer acceptOpaqueTokensWithoutAudience() {
    introspection = introspected().withoutAudience();
    return this;
  }

  private IntrospectionSettings introspected() {
    if (introspection == null) {
      throw new IllegalArgumentException(
          "introspection: not set (expected: introspect(...) first)");
    }
    return introspection;
  }

  /**
   * A verifier of this issuer's tokens alone.
   *
   * @throws IllegalArgumentException if an audience breaks the rule of {@link
   *     TokenVerifier#forAudience}
   */
  public TokenVerifier forAudience(String audience, String... alsoAccepted) {
    return TokenVerifier.forAudience(audience, alsoAccepted).accept(this);
  }

  /** The server's name for it. */
  public IssuerAlias alias() {
    return alias;
  }

  /** The trust domain that it vouches for, if that is set. */
  Optional<String> trustDomain() {
    return vouched.flatMap(Vouched::domain);
  }

  String issuer() {
    return issuer;
  }

  KeySource keys() {
    return keys;
  }

  Optional<IntrospectionSettings> introspection() {
    return Optional.ofNullable(introspection);
  }

  /** The rules of its tokens, with the verifier's audiences where it has none. */
  TokenRules rules(Set<String> ofVerifier) {
    new IssuerConsistency(alias, issuer, profile, vouched)
        .check(!clients.isEmpty(), introspection != null);
    keys.check(issuer);
    introspection()
        .ifPresent(set -> IssuerUrl.check("introspection", set.endpoint(), keys.plainOnLoopback()));
    return new TokenRules(
        alias,
        issuer,
        profile.rules(),
        new Expected(algorithms, audiences.isEmpty() ? ofVerifier : audiences, clients, times),
        vouched.orElseGet(() -> new Vouched.Subjects(alias)));
  }
}
