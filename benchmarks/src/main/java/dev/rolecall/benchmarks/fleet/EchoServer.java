package dev.rolecall.benchmarks.fleet;

import static java.util.Objects.requireNonNull;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A server of {@link Echo} on 127.0.0.1, at a port of its own. Handlers run on the transport's
 * threads: an executor would cost more than the check that is measured, and hide it.
 */
public final class EchoServer implements AutoCloseable {

  private static final int MOST_SECONDS_TO_END = 10;

  private final Server server;
  private final Deque<Runnable> owned = new ArrayDeque<>();

  private EchoServer(Server server) {
    this.server = server;
  }

  /**
   * Starts one.
   *
   * @param interceptors in front of the service; the last of them runs first
   */
  public static EchoServer start(ServerCredentials credentials, ServerInterceptor... interceptors) {
    return start(
        transport -> {
          NettyServerBuilder builder = transport.apply(credentials);
          List.of(interceptors).forEach(builder::intercept);
          return builder;
        });
  }

  /**
   * Starts one.
   *
   * @param door makes the server's builder, given what makes that of the transport
   */
  public static EchoServer start(
      Function<Function<ServerCredentials, NettyServerBuilder>, ? extends ServerBuilder<?>> door) {
    ServerBuilder<?> builder =
        door.apply(
            credentials ->
                NettyServerBuilder.forAddress(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials));
    try {
      return new EchoServer(builder.directExecutor().addService(Echo.service()).build().start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs that after the server has ended, and before all that was given earlier. */
  public EchoServer closing(Runnable close) {
    owned.push(requireNonNull(close, "close"));
    return this;
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Ends it, every call, and what it owns. */
  @Override
  public void close() {
    server.shutdownNow();
    try {
      if (!server.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the server did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    owned.forEach(Runnable::run);
  }
}
