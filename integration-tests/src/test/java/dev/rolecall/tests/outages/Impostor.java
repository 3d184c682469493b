package dev.rolecall.tests.outages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Something at an https address that is no STS. Answers one connection at a time. */
final class Impostor implements AutoCloseable {

  /** The treatment of a connection, which is closed afterwards. */
  private interface Manners {
    void meet(Socket client) throws IOException;
  }

  private final Manners manners;
  private final ServerSocket listener;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  private Impostor(Manners manners) {
    this.manners = manners;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread.execute(this::accept);
  }

  /** It shows that certificate, which nobody trusts. */
  static Impostor showing(SSLContext tls) {
    return new Impostor(
        client -> {
          SSLSocket inner = (SSLSocket) tls.getSocketFactory().createSocket(client, null, 0, true);
          inner.setUseClientMode(false);
          inner.startHandshake();
        });
  }

  /** It does not know TLS. */
  static Impostor speakingPlainText() {
    return new Impostor(
        client -> {
          int unused = client.getInputStream().read();
          client
              .getOutputStream()
              .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
        });
  }

  /** It resets each connection once something has come over it. */
  static Impostor hangingUp() {
    return new Impostor(
        client -> {
          int unused = client.getInputStream().read();
          client.setSoLinger(true, 0);
        });
  }

  URI endpoint() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        manners.meet(client);
      } catch (IOException e) {
        // The client has hung up on it, or the test is over.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    thread.shutdown();
  }
}
