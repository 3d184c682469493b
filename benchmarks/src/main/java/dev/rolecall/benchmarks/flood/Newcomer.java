package dev.rolecall.benchmarks.flood;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.pace.EchoCaller;
import dev.rolecall.benchmarks.pace.SteadyCalls;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * An honest caller whom the server has not seen before: a new connection from an address of its
 * own, one call, with a proof for which the server must ask STS, and no second attempt.
 */
final class Newcomer implements SteadyCalls.Caller {

  private final NettyChannelBuilder channel;
  private final CallCredentials credentials;
  private final Duration patience;

  Newcomer(NettyChannelBuilder channel, CallCredentials credentials, Duration patience) {
    this.channel = requireNonNull(channel, "channel");
    this.credentials = requireNonNull(credentials, "credentials");
    this.patience = requireNonNull(patience, "patience");
  }

  @Override
  public void call(Consumer<Status> over) {
    ManagedChannel connecting = channel.build();
    EchoCaller.on(connecting, patience)
        .with(credentials)
        .call(
            status -> {
              connecting.shutdown();
              over.accept(status);
            });
  }
}
