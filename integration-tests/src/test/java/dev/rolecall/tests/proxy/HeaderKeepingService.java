package dev.rolecall.tests.proxy;

import dev.rolecall.testsupport.EchoService;
import dev.rolecall.testsupport.LoopbackServer;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service that has nothing of Rolecall's. It keeps the headers of its calls. */
final class HeaderKeepingService implements AutoCloseable {

  private final List<Metadata> received;
  private final Server server;

  private HeaderKeepingService(List<Metadata> received, Server server) {
    this.received = received;
    this.server = server;
  }

  static HeaderKeepingService start() throws IOException {
    List<Metadata> received = new CopyOnWriteArrayList<>();
    ServerInterceptor keeping =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            received.add(headers);
            return next.startCall(call, headers);
          }
        };
    return new HeaderKeepingService(
        received,
        NettyServerBuilder.forAddress(new InetSocketAddress(LoopbackServer.address(), 0))
            .addService(
                ServerInterceptors.intercept(
                    new EchoService(Runnable::run, () -> "service"), keeping))
            .build()
            .start());
  }

  int port() {
    return server.getPort();
  }

  /** The number of calls so far. */
  int calls() {
    return received.size();
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
