package dev.rolecall.cli.front;

import dev.rolecall.access.proxy.TrustedProxies;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.txntoken.TransactionTokens;
import dev.rolecall.txntoken.TrustDomain;
import dev.rolecall.txntoken.TrustedKeys;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the proxies whose word about a caller a server takes. */
public final class TrustedProxyOptions {

  private static final String PROXY = "--trusted-proxy";
  private static final String DOMAIN = "--txn-domain";
  private static final String KEYS = "--txn-keys";
  private static final String ISSUER = "--passed-issuer";

  @Option(
      names = PROXY,
      paramLabel = "PRINCIPAL",
      description =
          "Take the word of this proxy about who called, from its header txn-token: written as a"
              + " policy's principal, and proven by the proxy on each call. Repeat it for several.")
  List<String> proxies = List.of();

  @Option(
      names = DOMAIN,
      paramLabel = "NAME",
      description = "The trust domain of their tokens, as the proxies have it.")
  @Nullable String domain;

  @Option(
      names = KEYS,
      paramLabel = "FILE|URL",
      description =
          "The keys that verify their tokens, a JSON Web Key Set: a file, or a proxy's"
              + " /.well-known/jwks.json. Followed.")
  @Nullable String keys;

  @Option(
      names = ISSUER,
      paramLabel = "ALIAS",
      description =
          "Take their word for callers of this issuer or authority too, such as okta in"
              + " oidc:okta:0oa1. Repeat it for several. Default: IAM roles and API keys alone.")
  List<IssuerAlias> issuers = List.of();

  /**
   * The proxies; empty if none are trusted.
   *
   * @param audiences the names of the server: a token must name one of them
   * @throws CommandFailure if options contradict one another, or a value does not do
   */
  public Optional<TrustedProxies> trusted(List<Audience> audiences) {
    if (proxies.isEmpty()) {
      if (domain != null || keys != null || !issuers.isEmpty()) {
        throw new CommandFailure(DOMAIN + ", " + KEYS + ", " + ISSUER + ": only with " + PROXY);
      }
      return Optional.empty();
    }
    if (domain == null || keys == null) {
      throw new CommandFailure(PROXY + ": only with " + DOMAIN + " and " + KEYS);
    }
    try {
      TransactionTokens.Builder tokens =
          TransactionTokens.builder(
              new TrustDomain(domain), new HashSet<>(audiences), patterns(), keys(keys));
      issuers.forEach(tokens::passedIssuer);
      return Optional.of(tokens.build());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(PROXY + ": " + e.getMessage(), e);
    }
  }

  private Set<PrincipalPattern> patterns() {
    return proxies.stream().map(PrincipalPattern::parse).collect(Collectors.toUnmodifiableSet());
  }

  private static TrustedKeys keys(String text) {
    return text.contains("://")
        ? TrustedKeys.url(URI.create(text))
        : TrustedKeys.file(Path.of(text));
  }
}
