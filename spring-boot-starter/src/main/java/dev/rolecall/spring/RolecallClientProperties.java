package dev.rolecall.spring;

import dev.rolecall.identity.Audience;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code rolecall.client.*}: the channels of Spring gRPC that prove this
 * application's role, and the servers they prove it to. Each is named as the option of {@link
 * dev.rolecall.client.IamCallCredentials.Builder} or {@link dev.rolecall.tls.AttestedChannel} it
 * sets, where its bounds and default are; further options are set by a {@link
 * CredentialsCustomizer}. Immutable.
 *
 * @param channels The channels that carry proofs, by the name Spring gRPC has for them. No other
 *     channel does: a proof for all would go to every server that is called.
 * @param renewalMargin How long before its end a call's proof is renewed. Default: 5m.
 */
@ConfigurationProperties("rolecall.client")
public record RolecallClientProperties(
    @DefaultValue Map<String, ChannelProof> channels, @Nullable Duration renewalMargin) {

  /** Copies the map. */
  public RolecallClientProperties {
    channels = Map.copyOf(channels);
  }

  /**
   * The proof of one channel.
   *
   * @param audience The name that the channel's server is known by. Required.
   * @param assumeRole The ARN of a role to assume first and sign as.
   * @param sts The STS that the server is to ask, where it is another than that of both ends.
   * @param bearerProofs Whether proofs are bound to the audience alone. For servers behind a load
   *     balancer that ends TLS.
   * @param allowPlaintext Whether proofs are sent over connections without TLS. Anyone who reads
   *     them there can use them.
   * @param attestedTls How the server proves its role to this channel.
   */
  public record ChannelProof(
      @Nullable Audience audience,
      @Nullable String assumeRole,
      @Nullable OwnSts sts,
      @DefaultValue("false") boolean bearerProofs,
      @DefaultValue("false") boolean allowPlaintext,
      @Nullable AttestedTls attestedTls) {}

  /**
   * The STS of one end, where it differs from that of both.
   *
   * @param endpoint The custom STS endpoint. Default: rolecall.sts.endpoint.
   * @param region The Region whose STS the other end is to ask. With an endpoint, the Region that
   *     requests to it are signed for. Default: as the AWS SDK finds it.
   */
  public record OwnSts(@Nullable URI endpoint, @Nullable String region) {}

  /**
   * Attested TLS: the server and this channel prove their roles in the TLS handshake.
   *
   * @param expectServerRoles The roles that the server may have. Required: at least one pattern, as
   *     a policy has them.
   * @param requireHostName Whether the server must also have the host name of the call.
   * @param withoutLocalCertificate Whether this channel sends call proofs instead of a certificate.
   *     The server must accept them.
   */
  public record AttestedTls(
      @DefaultValue List<String> expectServerRoles,
      @DefaultValue("false") boolean requireHostName,
      @DefaultValue("false") boolean withoutLocalCertificate) {

    /** Copies the list. */
    public AttestedTls {
      expectServerRoles = List.copyOf(expectServerRoles);
    }
  }
}
