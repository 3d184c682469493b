package dev.rolecall.spring.tokens;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code rolecall.client.token-channels}: the channels of Spring gRPC that carry a
 * token in place of proofs, for servers that take those. Each is named as the option of {@link
 * dev.rolecall.tokencredentials.TokenCallBuilder} or {@link
 * dev.rolecall.client.WebIdentityCallCredentials.Builder} it sets, where its bounds and default
 * are. Immutable.
 *
 * @param tokenChannels The channels that carry tokens, by the name Spring gRPC has for them.
 */
@ConfigurationProperties("rolecall.client")
public record RolecallTokenProperties(@DefaultValue Map<String, ChannelToken> tokenChannels) {

  /** Copies the map. */
  public RolecallTokenProperties {
    tokenChannels = Map.copyOf(tokenChannels);
  }

  /**
   * The token of one channel: from one place.
   *
   * @param file The file that others keep a token in, such as a projected token of Kubernetes.
   * @param clientCredentials The issuer that gives this application a token.
   * @param webIdentity The web identity token that states this application's IAM role.
   * @param allowPlaintext Whether tokens are sent over connections without TLS. Anyone who reads
   *     them there can use them.
   */
  public record ChannelToken(
      @Nullable String file,
      @Nullable ClientCredentials clientCredentials,
      @Nullable WebIdentity webIdentity,
      @DefaultValue("false") boolean allowPlaintext) {}

  /**
   * The issuer that gives this application a token, by client credentials (RFC 6749, section 4.4).
   *
   * @param issuer The issuer, whose token endpoint is discovered. As https, or http on loopback.
   *     Required.
   * @param clientId The id of this application at the issuer. Required.
   * @param secretFile The file of its secret, read at each renewal. Required.
   * @param audiences The audiences to ask for. Default: the issuer's choice.
   * @param scopes The scopes to ask for. Default: the issuer's choice.
   * @param trustedCertificates The PEM file of the authorities that the issuer is trusted by.
   *     Default: those of the JVM.
   */
  public record ClientCredentials(
      @Nullable URI issuer,
      @Nullable String clientId,
      @Nullable String secretFile,
      @DefaultValue List<String> audiences,
      @DefaultValue List<String> scopes,
      @Nullable String trustedCertificates) {

    /** Copies the lists. */
    public ClientCredentials {
      audiences = List.copyOf(audiences);
      scopes = List.copyOf(scopes);
    }
  }

  /**
   * The web identity token that states this application's IAM role.
   *
   * @param audience The audience that the servers expect in tokens. Required.
   * @param assumeRole The ARN of a role to assume first and state.
   * @param sts The STS that is asked, where it is another than that of both ends.
   */
  public record WebIdentity(
      @Nullable String audience, @Nullable String assumeRole, @Nullable TokenSts sts) {}

  /**
   * The STS that is asked for web identity tokens, where it differs from that of both ends.
   *
   * @param endpoint The custom STS endpoint. Default: rolecall.sts.endpoint.
   * @param region The Region whose STS is asked. With an endpoint, the Region that requests to it
   *     are signed for. Default: as the AWS SDK finds it.
   */
  public record TokenSts(@Nullable URI endpoint, @Nullable String region) {}
}
