package dev.rolecall.spring;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.spring.internal.attested.AttestedChannels;
import dev.rolecall.spring.internal.setting.Setting;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

/**
 * Gives each channel that Spring gRPC builds the credentials its name has, if any. A call that has
 * credentials of its own keeps them: its code said so, the channel's properties are only a default.
 */
final class CredentialsAttachment<T extends ManagedChannelBuilder<T>>
    implements GrpcChannelBuilderCustomizer<T> {

  private final RoleCredentials credentials;
  private final AttestedChannels attested;

  CredentialsAttachment(RoleCredentials credentials, AttestedChannels attested) {
    this.credentials = credentials;
    this.attested = attested;
  }

  @Override
  public void customize(String channel, T builder) {
    if (attested.isLeftOut(channel)) {
      throw new Setting("rolecall.client.channels." + channel + ".attested-tls")
          .invalid(
              "the channel is built with other credentials",
              "a channel factory that uses the ChannelCredentialsProvider bean");
    }
    credentials.ofChannel(channel).map(Signing::new).ifPresent(builder::intercept);
  }

  /** Has calls signed. */
  private static final class Signing implements ClientInterceptor {

    private final IamCallCredentials credentials;

    Signing(IamCallCredentials credentials) {
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
