package dev.rolecall.benchmarks.grants;

import dev.rolecall.benchmarks.fleet.Echo;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The service whose streams are measured. It ends none: a stream ends by the guard or with its
 * connection. One method says nothing, the other sends the time every 20 ms.
 */
public final class HeldStreams implements AutoCloseable {

  static final String SERVICE = "rolecall.benchmarks.Held";

  /** The paths of all its methods, as a policy writes them. */
  public static final String ALL = "/" + SERVICE + "/*";

  /** The method that says nothing. */
  public static final MethodDescriptor<byte[], byte[]> HOLD = method(SERVICE, "Hold");

  static final MethodDescriptor<byte[], byte[]> TICK = method(SERVICE, "Tick");

  private static final int PERIOD_MILLIS = 20;

  private final Set<ServerCall<byte[], byte[]>> ticking = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "ticks");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts the timer. */
  public HeldStreams() {
    var unused =
        timer.scheduleAtFixedRate(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * A method that streams bytes to its client. Both ways, since gRPC then sends headers at once.
   */
  static MethodDescriptor<byte[], byte[]> method(String service, String name) {
    return Echo.CHAT.toBuilder()
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
        .build();
  }

  /** A number as a message. */
  static byte[] message(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  /** The number in a message. */
  static long number(byte[] message) {
    return ByteBuffer.wrap(message).getLong();
  }

  /** The service, whose state is here. */
  public ServerServiceDefinition service() {
    ServerCallHandler<byte[], byte[]> hold =
        (call, headers) -> {
          call.sendHeaders(new Metadata());
          return new ServerCall.Listener<>() {};
        };
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(HOLD, hold)
        .addMethod(TICK, this::ticking)
        .build();
  }

  private ServerCall.Listener<byte[]> ticking(ServerCall<byte[], byte[]> call, Metadata headers) {
    call.sendHeaders(new Metadata());
    ticking.add(call);
    return new ServerCall.Listener<>() {
      @Override
      public void onCancel() {
        ticking.remove(call);
      }

      @Override
      public void onComplete() {
        ticking.remove(call);
      }
    };
  }

  private void tick() {
    for (ServerCall<byte[], byte[]> call : ticking) {
      if (call.isReady()) {
        call.sendMessage(message(System.nanoTime()));
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
