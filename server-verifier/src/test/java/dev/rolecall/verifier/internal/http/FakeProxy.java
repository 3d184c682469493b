package dev.rolecall.verifier.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rolecall.testsupport.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;

/** An HTTP proxy that tunnels every host to one port, for clients that log in. */
final class FakeProxy implements AutoCloseable {

  /** The heads of the CONNECT requests. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private final String demand;
  private final String login;
  private final int target;
  private final LoopbackServer front;

  /**
   * A proxy.
   *
   * @param demand its {@code Proxy-Authenticate}; empty if it asks for no login
   * @param login the {@code Proxy-Authorization} it wants
   * @param target the port it tunnels to
   */
  FakeProxy(String demand, String login, int target) {
    this.demand = demand;
    this.login = login;
    this.target = target;
    this.front = LoopbackServer.of((connection, number) -> serve(connection));
  }

  int port() {
    return front.port();
  }

  private void serve(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    OutputStream out = connection.getOutputStream();
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended early");
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
      connection.close();
      return;
    }
    out.write("HTTP/1.1 200 Established\r\n\r\n".getBytes(ISO_8859_1));
    out.flush();
    front.join(connection, front.connect(SocketFactory.getDefault(), target));
  }

  private boolean isLoggedIn(String head) {
    return head.toLowerCase(Locale.ROOT)
        .contains("\r\nproxy-authorization: " + login.toLowerCase(Locale.ROOT) + "\r\n");
  }

  @Override
  public void close() {
    front.close();
  }
}
