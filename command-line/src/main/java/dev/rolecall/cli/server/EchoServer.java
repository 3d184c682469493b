package dev.rolecall.cli.server;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
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
    try {
      return transport
          .get()
          .addService(new EchoService())
          .addService(new HealthStatusManager().getHealthService())
          .addService(ProtoReflectionServiceV1.newInstance())
          .build()
          .start();
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot listen on "
              + ServerAddress.text(address.getAddress(), address.getPort())
              + ": "
              // Netty's own names the address again, and its cause what is wrong.
              + (e.getCause() instanceof IOException why ? IoWords.why(why) : IoWords.why(e)),
          e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("the certificate or key cannot be used: " + e.getMessage(), e);
    }
  }

  /** The full names of the methods the server has. */
  public static List<String> methodsOf(Server server) {
    return server.getServices().stream()
        .flatMap(service -> service.getMethods().stream())
        .map(method -> method.getMethodDescriptor().getFullMethodName())
        .toList();
  }
}
