package dev.rolecall.proxy.judge;

import dev.rolecall.testsupport.EchoService;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The service behind Envoy, which has nothing of Rolecall's. It keeps the headers it receives. */
final class Upstream implements AutoCloseable {

  final List<Metadata> received = new CopyOnWriteArrayList<>();
  private final Server server;

  private Upstream(Server server) {
    this.server = server;
  }

  static Upstream start() throws IOException {
    Upstream[] started = new Upstream[1];
    ServerInterceptor keeping =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            started[0].received.add(headers);
            return next.startCall(call, headers);
          }
        };
    started[0] =
        new Upstream(
            NettyServerBuilder.forAddress(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(
                    ServerInterceptors.intercept(
                        new EchoService(Runnable::run, () -> "upstream"), keeping))
                .build()
                .start());
    return started[0];
  }

  int port() {
    return server.getPort();
  }

  /** The values of that header in the last call. */
  List<String> last(String name) {
    Iterable<String> values =
        received
            .get(received.size() - 1)
            .getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    List<String> list = new ArrayList<>();
    if (values != null) {
      values.forEach(list::add);
    }
    return list;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
