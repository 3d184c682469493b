package dev.rolecall.cli.server;

import dev.rolecall.cli.failure.CommandFailure;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Supplier;

/**
 * A server of the demo service, health and reflection behind one guard. It listens on the loopback,
 * unless told otherwise.
 */
public final class EchoServer {

  private static final InetAddress LOOPBACK = loopback();

  private EchoServer() {}

  /** Not the platform's own loopback address, which may be that of IPv6. */
  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an IPv4 address", e);
    }
  }

  /**
   * Starts it.
   *
   * @param interceptors the first is the outermost, and sees the call first
   * @throws CommandFailure if the port cannot be had or the certificate does not do
   */
  public static Server start(
      int port, ServerCredentials security, ServerInterceptor... interceptors) {
    return start(
        onLoopback(port),
        () -> {
          NettyServerBuilder server = NettyServerBuilder.forAddress(onLoopback(port), security);
          // gRPC calls the interceptor that was added last first.
          for (int i = interceptors.length - 1; i >= 0; i--) {
            server.intercept(interceptors[i]);
          }
          return server;
        });
  }

  /** That port of the loopback interface. */
  public static InetSocketAddress onLoopback(int port) {
    return new InetSocketAddress(LOOPBACK, port);
  }

  /**
   * Starts it.
   *
   * @param transport makes the builder of a server at that address, with its guard
   * @throws CommandFailure if the port cannot be had or the certificate does not do
   */
  public static Server start(
      InetSocketAddress address, Supplier<? extends ServerBuilder<?>> transport) {
    return BoundServer.start(address, () -> served(transport.get()));
  }

  /** Adds the demo service, health and reflection to a server. */
  public static <B extends ServerBuilder<?>> B served(B server) {
    server
        .addService(new EchoService())
        .addService(new HealthStatusManager().getHealthService())
        .addService(ProtoReflectionServiceV1.newInstance());
    return server;
  }

  /** The full names of the methods the server has. */
  public static List<String> methodsOf(Server server) {
    return server.getServices().stream()
        .flatMap(service -> service.getMethods().stream())
        .map(method -> method.getMethodDescriptor().getFullMethodName())
        .toList();
  }
}
