package dev.rolecall.benchmarks.grants;

import static java.util.Objects.requireNonNull;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;

/** A client of {@link Pushes}, on a connection of its own. */
final class PushReceiver extends ClientCall.Listener<byte[]> implements AutoCloseable {

  private final ManagedChannel channel;
  private long number;
  private long received;

  private PushReceiver(ManagedChannel channel) {
    this.channel = requireNonNull(channel, "channel");
  }

  /** One that waits for pushes from that port. */
  static PushReceiver at(int port, ChannelCredentials credentials) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port, credentials).directExecutor().build();
    PushReceiver receiver = new PushReceiver(channel);
    ClientCall<byte[], byte[]> call = channel.newCall(Pushes.PUSH, CallOptions.DEFAULT);
    call.start(receiver, new Metadata());
    call.request(Integer.MAX_VALUE);
    return receiver;
  }

  @Override
  public void onMessage(byte[] message) {
    long now = System.nanoTime();
    synchronized (this) {
      number = HeldStreams.number(message);
      received = now;
      notifyAll();
    }
  }

  /**
   * When it had that push, which is the newest.
   *
   * @throws IllegalStateException if it has not come in time
   */
  synchronized long await(long wanted, Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    for (long left = patience.toMillis();
        number < wanted && left > 0;
        left = (until - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
    if (number != wanted) {
      throw new IllegalStateException("push: " + number + " (expected: " + wanted + ")");
    }
    return received;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
