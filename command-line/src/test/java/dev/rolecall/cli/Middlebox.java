package dev.rolecall.cli;

import dev.rolecall.cli.arguments.ServerAddress;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Ends TLS on the way to a server, as an inspecting proxy or a load balancer does. */
public final class Middlebox implements AutoCloseable {

  private final SSLServerSocket server;
  private final SSLContext onwards;
  private final ServerAddress behind;
  private final Queue<Closeable> sockets = new ConcurrentLinkedQueue<>();

  /**
   * Begins to listen.
   *
   * @param shown the certificate that clients see
   * @param behind the server that calls are passed on to
   * @param trusted that server's certificate
   */
  public Middlebox(TestCertificate shown, String behind, TestCertificate trusted)
      throws IOException {
    this.behind = ServerAddress.parse(behind);
    this.onwards = trusted.tls();
    this.server =
        (SSLServerSocket)
            shown
                .tls()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    server.setSSLParameters(http2(server.getSSLParameters()));
    sockets.add(server);
    started(this::serve);
  }

  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private static SSLParameters http2(SSLParameters parameters) {
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setApplicationProtocols(new String[] {"h2"});
    return parameters;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        SSLSocket client = (SSLSocket) server.accept();
        sockets.add(client);
        started(() -> pass(client));
      } catch (IOException e) {
        // Closed, or a client that went away: the next one is served.
      }
    }
  }

  private void pass(SSLSocket client) {
    try (SSLSocket up =
        (SSLSocket) onwards.getSocketFactory().createSocket(behind.host(), behind.port())) {
      sockets.add(up);
      up.setSSLParameters(http2(up.getSSLParameters()));
      started(() -> copied(up, client));
      copied(client, up);
    } catch (IOException e) {
      // An end that went away takes its connection with it.
    }
  }

  private static void copied(SSLSocket from, SSLSocket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // An end that went away takes its connection with it.
    }
  }

  private static void started(Runnable task) {
    Thread thread = new Thread(task, "middlebox");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : sockets) {
      each.close();
    }
  }
}
