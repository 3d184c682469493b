package dev.rolecall.verifier.sts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy that tunnels to one server, whatever host it is asked for, for those it lets. */
final class FakeProxy implements Closeable {

  /** The heads of the CONNECT requests. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private final String demand;
  private final String login;
  private final int target;
  private final ServerSocket socket;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * A proxy.
   *
   * @param demand its {@code Proxy-Authenticate}; empty if it lets everybody
   * @param login the {@code Proxy-Authorization} it wants
   * @param target the port it tunnels to
   */
  FakeProxy(String demand, String login, int target) {
    this.demand = demand;
    this.login = login;
    this.target = target;
    try {
      socket = new ServerSocket(0, 50, LineServer.loopback(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed with the test.
    }
  }

  private void serve(Socket connection) {
    try (connection;
        InputStream in = connection.getInputStream();
        OutputStream out = connection.getOutputStream()) {
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      asked.add(head.toString());
      if (!demand.isEmpty() && !isLoggedIn(head.toString())) {
        String refusal =
            "HTTP/1.1 407 Who?\r\nProxy-Authenticate: "
                + demand
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        out.write(refusal.getBytes(ISO_8859_1));
        return;
      }
      out.write("HTTP/1.1 200 Established\r\n\r\n".getBytes(ISO_8859_1));
      out.flush();
      tunnel(connection, in, out);
    } catch (IOException e) {
      // Closed with the test, or by one of the ends.
    }
  }

  private boolean isLoggedIn(String head) {
    return head.toLowerCase(Locale.ROOT)
        .contains("\r\nproxy-authorization: " + login.toLowerCase(Locale.ROOT) + "\r\n");
  }

  private void tunnel(Socket connection, InputStream in, OutputStream out) throws IOException {
    try (Socket there = new Socket(LineServer.loopback(1), target)) {
      connections.add(there);
      threads.execute(
          () -> {
            try {
              in.transferTo(there.getOutputStream());
            } catch (IOException e) {
              // One of the ends has closed.
            }
          });
      there.getInputStream().transferTo(out);
    } finally {
      connection.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : connections) {
      connection.close();
    }
    threads.shutdownNow();
  }
}
