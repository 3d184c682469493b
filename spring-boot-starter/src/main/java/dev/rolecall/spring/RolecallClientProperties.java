package dev.rolecall.spring;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Audience;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code rolecall.client.*}: which channels of Spring gRPC carry proofs of this
 * application's role, and for whom. Each is named as the option of {@link
 * dev.rolecall.client.IamCallCredentials.Builder} it sets, where its bounds and default are;
 * further options are set by a {@link CredentialsCustomizer}. Immutable.
 *
 * @param channels The channels that carry proofs, by the name Spring gRPC has for them. No other
 *     channel does: a proof for all would go to every server that is called.
 * @param sts The STS endpoint that proofs name, in place of the Region's own.
 */
@ConfigurationProperties(value = "rolecall.client", ignoreUnknownFields = false)
public record RolecallClientProperties(
    @DefaultValue Map<String, ChannelProof> channels, @Nullable StsEndpoint sts) {

  /** Copies the map. */
  public RolecallClientProperties {
    channels = Map.copyOf(channels);
  }

  /**
   * The proof that the calls of one channel carry.
   *
   * @param audience The name the channel's server is known by. Required.
   * @param assumeRole The ARN of a role to assume first and sign as.
   * @param region The Region whose STS the server is to ask. Default: as the AWS SDK finds it.
   * @param renewalMargin How long before its end a proof is renewed. Default: 5m.
   * @param bearerProofs Whether proofs are bound to the audience alone, as where a load balancer
   *     ends TLS.
   * @param allowPlaintext Whether proofs are sent over connections without TLS, where anyone who
   *     reads them can use them.
   */
  public record ChannelProof(
      @Nullable Audience audience,
      @Nullable String assumeRole,
      @Nullable String region,
      @Nullable Duration renewalMargin,
      @DefaultValue("false") boolean bearerProofs,
      @DefaultValue("false") boolean allowPlaintext) {}

  /**
   * An STS endpoint of the operator's own: a VPC endpoint, or an emulator. The server must accept
   * it by the same host and port.
   *
   * @param endpoint Where it is: https://host[:port], or http on loopback. Required.
   * @param region The Region to sign for.
   */
  public record StsEndpoint(@Nullable URI endpoint, @DefaultValue("us-east-1") String region) {

    /** Checks that nothing is absent but the endpoint, which is missed by name. */
    public StsEndpoint {
      requireNonNull(region, "region");
    }
  }
}
