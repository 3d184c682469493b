package dev.rolecall.spring.internal.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.spring.internal.attested.AttestedChannels;
import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.spring.tokens.TokenCredentials;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

/**
 * Gives each channel that Spring gRPC builds the credentials its name has, if any. A call that has
 * credentials of its own keeps them: its code said so, the channel's properties are only a default.
 */
public final class CredentialsAttachment<T extends ManagedChannelBuilder<T>>
    implements GrpcChannelBuilderCustomizer<T> {

  private final Function<String, Optional<? extends CallCredentials>> proofs;
  private final TokenCredentials tokens;
  private final AttestedChannels attested;

  /**
   * An attachment for an application's channels.
   *
   * @param proofs the credentials of a channel that carries proofs, by its name
   * @param tokens those of channels that carry tokens
   * @param attested the channels that use attested TLS
   */
  public CredentialsAttachment(
      Function<String, Optional<? extends CallCredentials>> proofs,
      TokenCredentials tokens,
      AttestedChannels attested) {
    this.proofs = requireNonNull(proofs, "proofs");
    this.tokens = requireNonNull(tokens, "tokens");
    this.attested = requireNonNull(attested, "attested");
  }

  @Override
  public void customize(String channel, T builder) {
    if (attested.isLeftOut(channel)) {
      throw new Setting("rolecall.client.channels." + channel + ".attested-tls")
          .invalid(
              "the channel is built with other credentials",
              "a channel factory that uses the ChannelCredentialsProvider bean");
    }
    proofs.apply(channel).map(Signing::new).ifPresent(builder::intercept);
    tokens
        .find(channel)
        .ifPresent(
            found ->
                builder.intercept(new Signing(found.credentials()), found.renewalAfterRefusal()));
  }

  /** Has calls signed. */
  private static final class Signing implements ClientInterceptor {

    private final CallCredentials credentials;

    Signing(CallCredentials credentials) {
      this.credentials = credentials;
    }

    @Override
    public <ReqT, RespT> ClientCall<ReqT, RespT> interceptCall(
        MethodDescriptor<ReqT, RespT> method, CallOptions options, Channel next) {
      return next.newCall(
          method,
          options.getCredentials() == null ? options.withCallCredentials(credentials) : options);
    }
  }
}
