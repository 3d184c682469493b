package dev.rolecall.txntoken;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.proxy.PassedCallers;
import dev.rolecall.access.proxy.TrustedProxies;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.SpiffeId;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.jwt.key.KeySet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings of the proxies whose word a server takes, told by transaction tokens. A token counts
 * only on a call of a caller that proved itself and that {@code proxies} mean; the token alone
 * proves nothing. Immutable.
 *
 * <p>A token must be of the server's trust domain and name the server in its scope, live an hour at
 * most, and be signed with ES256, RS256 or EdDSA by a key of the trust domain. It may be dated 30
 * seconds ahead, and does not count after its end.
 *
 * <p>Proxies may pass on IAM roles and API clients. Callers of other issuers, authorities and
 * SPIFFE trust domains are refused unless they are named here.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-oauth-transaction-tokens/">OAuth
 *     transaction tokens</a>
 */
public final class TransactionTokens implements TrustedProxies {

  /** The scheme of a caller that was passed on, in its evidence and in records. */
  public static final String SCHEME = PassedEvidence.SCHEME;

  private final Set<PrincipalPattern> proxies;
  private final TokenRules rules;
  private final TrustedKeys keys;

  private TransactionTokens(Builder options) {
    this.proxies = options.proxies;
    this.keys = options.keys;
    this.rules =
        new TokenRules(
            options.domain,
            options.scopes.stream().map(Audience::name).collect(Collectors.toUnmodifiableSet()),
            new PassedNames(options.aliases, options.trustDomains));
  }

  /**
   * Options of these settings.
   *
   * @param domain the trust domain, as the proxies have it
   * @param scopes the names of this server: a token that names none of them is refused
   * @param proxies the callers whose word counts, by their own proof; best pinned roles
   * @param keys the keys of the proxies
   * @throws IllegalArgumentException if there is no scope or no proxy
   */
  public static Builder builder(
      TrustDomain domain, Set<Audience> scopes, Set<PrincipalPattern> proxies, TrustedKeys keys) {
    return new Builder(domain, scopes, proxies, keys);
  }

  /**
   * The reader, which follows the keys until it is closed. Blocks on a file of keys.
   *
   * @throws IllegalArgumentException if the file cannot be read, or is no {@link KeySet} with a
   *     usable key
   */
  @Override
  public PassedCallers open(AccessRuntime runtime) {
    return new TokenPassedCallers(proxies, rules, keys.open(runtime), runtime.clock());
  }

  @Override
  public Set<IssuerAlias> aliases() {
    return rules.names().aliases();
  }

  @Override
  public Map<String, IssuerAlias> trustDomains() {
    return rules.names().trustDomains();
  }

  /** Options of {@link TransactionTokens}. Not safe for use by several threads at once. */
  public static final class Builder {

    private final TrustDomain domain;
    private final Set<Audience> scopes;
    private final Set<PrincipalPattern> proxies;
    private final TrustedKeys keys;
    private final Set<IssuerAlias> aliases = new HashSet<>();
    private final Map<String, IssuerAlias> trustDomains = new HashMap<>();

    private Builder(
        TrustDomain domain, Set<Audience> scopes, Set<PrincipalPattern> proxies, TrustedKeys keys) {
      this.domain = requireNonNull(domain, "domain");
      this.scopes = Set.copyOf(scopes);
      this.proxies = Set.copyOf(proxies);
      this.keys = requireNonNull(keys, "keys");
      if (scopes.isEmpty()) {
        throw new IllegalArgumentException("scopes: none (expected: the server's audience)");
      }
      if (proxies.isEmpty()) {
        throw new IllegalArgumentException("proxies: none (expected: at least one)");
      }
    }

    /**
     * Takes the proxies' word for callers of that issuer of tokens or authority of certificates:
     * {@code oidc:{alias}:...} and {@code dns:{alias}:...}. Proxies and server must mean the same
     * by the alias.
     */
    public Builder passedIssuer(IssuerAlias alias) {
      aliases.add(requireNonNull(alias, "alias"));
      return this;
    }

    /**
     * Takes the proxies' word for the workloads of that SPIFFE trust domain.
     *
     * @param owner the alias of the trust domain's owner, as the server's other schemes have it
     * @throws IllegalArgumentException if the text is no trust domain, or has another owner
     */
    public Builder passedTrustDomain(String trustDomain, IssuerAlias owner) {
      if (!SpiffeId.isTrustDomain(trustDomain)) {
        throw InvalidValue.of("trust domain", trustDomain, SpiffeId.RULE);
      }
      IssuerAlias other = trustDomains.putIfAbsent(trustDomain, requireNonNull(owner, "owner"));
      if (other != null && !other.equals(owner)) {
        throw InvalidValue.of(
            "trust domain", trustDomain, "one owner, not " + other + " and " + owner);
      }
      return this;
    }

    /** The settings. */
    public TransactionTokens build() {
      return new TransactionTokens(this);
    }
  }
}
