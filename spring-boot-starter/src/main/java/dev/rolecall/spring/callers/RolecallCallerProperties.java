package dev.rolecall.spring.callers;

import dev.rolecall.identity.Partition;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code rolecall.server.*} of callers that bring no proof: a token, an AWS web
 * identity, a client certificate or an API key. All of them are off by default. Each is named as
 * the option of {@link dev.rolecall.tokens.TokenIssuer}, {@link
 * dev.rolecall.certificates.CertificateAuthority} or {@link dev.rolecall.apikeys.ApiKeys} it sets,
 * where its bounds and default are; further options of an issuer are set by an {@link
 * IssuerCustomizer}. Immutable.
 *
 * <p>Each kind needs an artifact that the starter does not bring. A property without its artifact
 * fails the start.
 *
 * @param issuers The issuers of accepted tokens, by the policy's alias of each.
 * @param webIdentity The AWS accounts whose roles may call by web identity tokens. At least one.
 * @param tokenAudiences The names by which tokens mean this server. At least one. Default: the
 *     audience.
 * @param clientAuthorities The authorities of accepted client certificates, by the policy's alias
 *     of each.
 * @param credentialOfCallBeforeClientCertificate Whether a call's credential counts before its
 *     client's certificate.
 * @param apiKeys The API keys that are accepted.
 */
@ConfigurationProperties("rolecall.server")
public record RolecallCallerProperties(
    @DefaultValue Map<String, Issuer> issuers,
    @Nullable List<WebIdentity> webIdentity,
    @Nullable List<String> tokenAudiences,
    @DefaultValue Map<String, ClientAuthority> clientAuthorities,
    @DefaultValue("false") boolean credentialOfCallBeforeClientCertificate,
    @Nullable ApiKeys apiKeys) {

  /** Copies the lists and maps. */
  public RolecallCallerProperties {
    issuers = Map.copyOf(issuers);
    webIdentity = webIdentity == null ? null : List.copyOf(webIdentity);
    tokenAudiences = tokenAudiences == null ? null : List.copyOf(tokenAudiences);
    clientAuthorities = Map.copyOf(clientAuthorities);
  }

  /** Whether callers may bring tokens. */
  boolean acceptsTokens() {
    return !issuers.isEmpty() || webIdentity != null;
  }

  /** Whether the server's own audience is the one of tokens. */
  public boolean readsAudience() {
    return acceptsTokens() && tokenAudiences == null;
  }

  /**
   * An issuer of access tokens.
   *
   * @param url The issuer as iss has it, letter by letter. As https, or http on loopback. Required.
   * @param profile The way in which the issuer writes its tokens. Default: rfc9068.
   * @param audiences The names by which its tokens mean this server. Default: token-audiences.
   * @param allowClients The only clients whose tokens are accepted. At least one. The profile
   *     cognito needs them. Default: all.
   * @param trustCertificates The PEM file of the authorities that its servers are trusted by.
   *     Default: those of the JVM.
   * @param introspection Where the issuer is asked about opaque tokens.
   */
  public record Issuer(
      @Nullable String url,
      @Nullable String profile,
      @Nullable List<String> audiences,
      @Nullable List<String> allowClients,
      @Nullable String trustCertificates,
      @Nullable Introspection introspection) {

    /** Copies the lists. */
    public Issuer {
      audiences = audiences == null ? null : List.copyOf(audiences);
      allowClients = allowClients == null ? null : List.copyOf(allowClients);
    }
  }

  /**
   * The introspection of opaque tokens (RFC 7662). One issuer may have it.
   *
   * @param endpoint The URL at which the issuer is asked. Required.
   * @param clientFile The file of this server's client at the issuer. Two lines: the client id, the
   *     secret. Read for each request. Required.
   */
  public record Introspection(@Nullable URI endpoint, @Nullable String clientFile) {}

  /**
   * An AWS account whose roles may call by web identity tokens.
   *
   * @param account The account, twelve digits. Required.
   * @param issuer The issuer's URL, which the account has for all its tokens. Required.
   * @param partition The partition of the account. Default: aws.
   */
  public record WebIdentity(
      @Nullable String account, @Nullable String issuer, @Nullable Partition partition) {}

  /**
   * An authority of client certificates.
   *
   * @param certificates The PEM file of its certificates. Required. Followed.
   * @param trustDomain The SPIFFE trust domain that it vouches for. Without one, its clients have
   *     DNS names alone.
   */
  public record ClientAuthority(@Nullable String certificates, @Nullable String trustDomain) {}

  /**
   * The API keys that are accepted.
   *
   * @param file The file of their hashes, which rolecall key new writes. Required. Followed.
   * @param acceptKeysOnConnectionsWithoutTls Whether keys are accepted over connections without
   *     TLS. Anyone on the way can read them there and use them.
   */
  public record ApiKeys(
      @Nullable String file, @DefaultValue("false") boolean acceptKeysOnConnectionsWithoutTls) {}
}
