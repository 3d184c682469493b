package dev.rolecall.benchmarks.pace;

import static java.util.Objects.requireNonNull;

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
public final class Newcomer implements SteadyCalls.Caller {

  private final NettyChannelBuilder channel;
  private final CallCredentials credentials;
  private final Duration patience;

  /**
   * One who has not called yet.
   *
   * @param patience an answer that comes later is none
   */
  public Newcomer(NettyChannelBuilder channel, CallCredentials credentials, Duration patience) {
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
