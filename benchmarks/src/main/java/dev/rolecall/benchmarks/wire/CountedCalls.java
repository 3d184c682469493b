package dev.rolecall.benchmarks.wire;

import dev.rolecall.benchmarks.fleet.Echo;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Calls one after another on one connection without TLS, whose frames a relay counts. TLS would add
 * the same to each record with a proof and without.
 */
final class CountedCalls {

  /** Of one length whatever the port. */
  private static final String AUTHORITY = "orders.example";

  private static final byte[] MESSAGE = new byte[64];
  private static final long SEED = 9113;

  private CountedCalls() {}

  /**
   * Calls that server that often.
   *
   * @param callers whose calls take turns; with none of them, calls have no credentials
   */
  static CallBytes to(int port, Traffic traffic, int calls, List<? extends CallCredentials> callers)
      throws IOException {
    try (FrameRelay relay = FrameRelay.to(port)) {
      ManagedChannel channel =
          traffic
              .configured(
                  NettyChannelBuilder.forAddress(
                      "127.0.0.1", relay.port(), InsecureChannelCredentials.create()))
              .overrideAuthority(AUTHORITY)
              .directExecutor()
              .build();
      try {
        Random random = new Random(SEED);
        List<Long> bytes = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
          CallOptions options = traffic.options(CallOptions.DEFAULT);
          if (!callers.isEmpty()) {
            options = options.withCallCredentials(callers.get(i % callers.size()));
          }
          call(channel, traffic.headers(random), options);
          // A client's streams have the odd numbers, in the order of its calls.
          bytes.add(relay.sentOn(2 * i + firstStream()));
        }
        return new CallBytes(bytes, Math.max(1, callers.size()));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static void call(Channel channel, Metadata headers, CallOptions options) {
    byte[] unused =
        ClientCalls.blockingUnaryCall(
            ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
            Echo.SAY,
            options,
            MESSAGE);
  }

  /** Netty leaves 1 to the upgrade from HTTP/1.1. */
  private static int firstStream() {
    return 3;
  }
}
