package dev.rolecall.benchmarks.grants;

import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.Pause;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A bare push: a plain gRPC server that sends one message to all of its clients. It says how soon
 * anything can reach them all on this machine at this moment.
 */
final class Pushes implements AutoCloseable {

  private static final String SERVICE = "rolecall.benchmarks.Pushes";
  static final MethodDescriptor<byte[], byte[]> PUSH = HeldStreams.method(SERVICE, "Push");

  private static final Duration POLL = Duration.ofMillis(20);
  private static final int MOST_POLLS = 1_000;

  private final EchoServer server;
  private final List<ServerCall<byte[], byte[]>> calls;
  private long number;

  private Pushes(EchoServer server, List<ServerCall<byte[], byte[]>> calls) {
    this.server = server;
    this.calls = calls;
  }

  static Pushes start(RunCertificate certificate) throws GeneralSecurityException {
    List<ServerCall<byte[], byte[]>> calls = new CopyOnWriteArrayList<>();
    ServerServiceDefinition service =
        ServerServiceDefinition.builder(SERVICE)
            .addMethod(
                PUSH,
                (call, headers) -> {
                  call.sendHeaders(new Metadata());
                  calls.add(call);
                  return new ServerCall.Listener<>() {};
                })
            .build();
    var credentials = certificate.ofServer();
    return new Pushes(
        EchoServer.start(transport -> transport.apply(credentials).addService(service)), calls);
  }

  int port() {
    return server.port();
  }

  /**
   * Waits for so many clients.
   *
   * @throws IllegalStateException if they do not come
   */
  void awaitClients(int count) {
    for (int polls = 0; calls.size() < count; polls++) {
      if (polls == MOST_POLLS) {
        throw new IllegalStateException(
            "clients of pushes: " + calls.size() + " (expected: " + count + ")");
      }
      Pause.of(POLL);
    }
  }

  /** Sends the next message to all; answers with its number. For one thread. */
  long push() {
    number++;
    byte[] message = HeldStreams.message(number);
    calls.forEach(call -> call.sendMessage(message));
    return number;
  }

  @Override
  public void close() {
    server.close();
  }
}
