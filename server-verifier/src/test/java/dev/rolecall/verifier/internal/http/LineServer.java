package dev.rolecall.verifier.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rolecall.testsupport.LoopbackServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server on bare sockets. A test decides the fate of each request on each connection. */
final class LineServer implements AutoCloseable {

  /** The fate of a request. */
  enum Fate {
    ANSWERED,
    RESET,
    SILENCE
  }

  /** Decides. */
  @FunctionalInterface
  interface Fates {
    Fate of(int connection, int request);
  }

  /** Every request, as the number of its connection. */
  final List<Integer> requests = new CopyOnWriteArrayList<>();

  /** The first lines and headers of every request. */
  final List<List<String>> heads = new CopyOnWriteArrayList<>();

  private final Fates fates;
  private final LoopbackServer front;

  LineServer(Fates fates) {
    this.fates = fates;
    this.front = LoopbackServer.of(this::serve);
  }

  /** 127.0.0.x. */
  static InetAddress loopback(int last) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  int port() {
    return front.port();
  }

  private void serve(Socket connection, int number) throws IOException {
    try (connection) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
      for (int request = 0; readHead(in, number); request++) {
        switch (fates.of(number, request)) {
          case ANSWERED -> {
            connection
                .getOutputStream()
                .write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                        .getBytes(US_ASCII));
            connection.getOutputStream().flush();
          }
          case RESET -> {
            connection.setSoLinger(true, 0);
            return;
          }
          case SILENCE -> {
            while (in.read() >= 0) {
              // Nothing is said, ever.
            }
          }
        }
      }
    }
  }

  private boolean readHead(BufferedReader in, int number) throws IOException {
    List<String> head = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.isEmpty()) {
        heads.add(head);
        requests.add(number);
        return true;
      }
      head.add(line);
    }
    return false;
  }

  @Override
  public void close() {
    front.close();
  }
}
