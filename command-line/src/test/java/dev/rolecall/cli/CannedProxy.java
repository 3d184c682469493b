package dev.rolecall.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A proxy that gives each request the same answer, and the JVM's own while it is open. */
public final class CannedProxy implements AutoCloseable {

  private final ServerSocket server;
  private final String answer;

  public CannedProxy(String answer) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    this.answer = answer;
    Thread serving = new Thread(this::serve, "canned-proxy");
    serving.setDaemon(true);
    serving.start();
  }

  /** Has this JVM call other machines by it. */
  public void use() {
    System.setProperty("https.proxyHost", "127.0.0.1");
    System.setProperty("https.proxyPort", Integer.toString(server.getLocalPort()));
  }

  public int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        int ends = 0;
        while (ends < 4) {
          int read = client.getInputStream().read();
          if (read == -1) {
            break;
          }
          ends = read == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
        }
        client.getOutputStream().write(answer.getBytes(US_ASCII));
        client.getOutputStream().flush();
      } catch (IOException e) {
        // Closed, or a client that went away: the next one is served.
      }
    }
  }

  @Override
  public void close() throws IOException {
    System.clearProperty("https.proxyHost");
    System.clearProperty("https.proxyPort");
    server.close();
  }
}
