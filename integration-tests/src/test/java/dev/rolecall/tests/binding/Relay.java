package dev.rolecall.tests.binding;

import dev.rolecall.tests.fixture.Termination;
import dev.rolecall.tests.fixture.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Passes bytes on between clients and one server, as a load balancer does. */
final class Relay implements AutoCloseable {

  private static final int BACKLOG = 50;
  private static final String[] HTTP_2 = {"h2"};

  private final ServerSocket listening;
  private final SocketFactory towardsServer;
  private final int server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private Relay(ServerSocketFactory front, SocketFactory towardsServer, int server) {
    this.towardsServer = towardsServer;
    this.server = server;
    try {
      this.listening = front.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** One that passes TLS on untouched. */
  static Relay ofTcp(int server) {
    return new Relay(ServerSocketFactory.getDefault(), SocketFactory.getDefault(), server);
  }

  /** One that ends TLS with its own certificate, and speaks TLS of its own with the server. */
  static Relay endingTls(TestCertificate own, TestCertificate ofServer, int server) {
    return new Relay(
        own.context().getServerSocketFactory(), ofServer.context().getSocketFactory(), server);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = opened(listening.accept());
        Socket onward = opened(towardsServer.createSocket("127.0.0.1", server));
        if (client instanceof SSLSocket outer && onward instanceof SSLSocket inner) {
          speakHttp2(outer);
          speakHttp2(inner);
        }
        threads.execute(() -> copy(client, onward));
        threads.execute(() -> copy(onward, client));
      }
    } catch (IOException closed) {
      closeAll();
    }
  }

  private static void speakHttp2(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(HTTP_2);
    socket.setSSLParameters(parameters);
  }

  private Socket opened(Socket socket) {
    open.add(socket);
    return socket;
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // Either end may go at any time; both are closed then, which is all a relay can say.
    }
  }

  private void closeAll() {
    for (Socket each : open) {
      close(each);
    }
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new AssertionError("a socket on the loopback interface cannot be closed", e);
    }
  }

  @Override
  public void close() {
    close(listening);
    closeAll();
    threads.shutdown();
    Termination.of("the relay", threads::awaitTermination);
  }
}
