package dev.rolecall.benchmarks.hooks;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One connection, on which one call after the other comes in: with the events in gRPC's order, on
 * one thread. It holds the last call's parts as a transport does, so that no compiler can do
 * without the objects.
 */
@SuppressWarnings("UnusedVariable") // written for the compiler's sake, as said above
final class FakeTransport {

  private final Attributes attributes =
      Attributes.newBuilder()
          .set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, new InetSocketAddress("192.0.2.1", 50_051))
          .build();
  private final ReceivedHeaders headers;

  private @Nullable UnaryCall call;
  private @Nullable Metadata received;
  private ServerCall.@Nullable Listener<String> listener;

  FakeTransport(ReceivedHeaders headers) {
    this.headers = headers;
  }

  /** The attributes that its calls have. */
  Attributes attributes() {
    return attributes;
  }

  /**
   * A whole call.
   *
   * @param handler the method's handler, behind whatever is measured
   * @return how much the handler did
   */
  int run(ServerCallHandler<String, String> handler) {
    return run(handler, headers);
  }

  /** A whole call with headers of its own. */
  int run(ServerCallHandler<String, String> handler, ReceivedHeaders headers) {
    UnaryCall next = new UnaryCall(attributes);
    Metadata metadata = headers.metadata();
    call = next;
    received = metadata;
    ServerCall.Listener<String> events = handler.startCall(next, metadata);
    listener = events;
    events.onMessage("request");
    events.onHalfClose();
    events.onComplete();
    return next.operations();
  }
}
