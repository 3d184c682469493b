package dev.rolecall.spring.tokens;

import static java.util.Objects.requireNonNull;

import io.grpc.CallCredentials;
import io.grpc.ClientInterceptor;

/**
 * The credentials of one channel.
 *
 * @param credentials put the token on each call
 * @param renewalAfterRefusal has a token renewed that a server refused
 * @param end closes them
 */
public record ChannelCredentials(
    CallCredentials credentials, ClientInterceptor renewalAfterRefusal, Runnable end) {

  /** Checks that nothing is absent. */
  public ChannelCredentials {
    requireNonNull(credentials, "credentials");
    requireNonNull(renewalAfterRefusal, "renewalAfterRefusal");
    requireNonNull(end, "end");
  }
}
