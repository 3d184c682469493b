package dev.rolecall.proxy.relay;

import dev.rolecall.testsupport.Termination;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.Channel;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/** A client that accepts no compressed message, as Go's is unless it is told. */
final class NoGzipClient implements AutoCloseable {

  private final ManagedChannel channel;

  NoGzipClient(int port) {
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port, TestCertificate.trusting(RelayRig.EDGE))
            .decompressorRegistry(
                DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false))
            .build();
  }

  Channel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    Termination.of("a client", channel::awaitTermination);
  }
}
