package dev.rolecall.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every request on a loopback port with one answer, and keeps what it was asked. */
final class FakeSts implements AutoCloseable {

  private final ServerSocket socket;
  private final Thread thread;
  private final String answer;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  FakeSts(int status, String body) throws IOException {
    this.answer =
        "HTTP/1.1 "
            + status
            + " X\r\nContent-Type: text/xml\r\nConnection: close\r\nContent-Length: "
            + body.getBytes(UTF_8).length
            + "\r\n\r\n"
            + body;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.thread = new Thread(this::serve, "fake-sts");
    thread.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Each request's headers, an empty line and its body. */
  List<String> requests() {
    return requests;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
        StringBuilder request = new StringBuilder();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          request.append(line).append('\n');
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(line.substring("content-length:".length()).trim());
          }
        }
        request.append('\n');
        for (int i = 0; i < length; i++) {
          request.append((char) in.read());
        }
        requests.add(request.toString());
        connection.getOutputStream().write(answer.getBytes(UTF_8));
      } catch (IOException e) {
        // Closed, which ends the loop, or a client that went away, which ends its request.
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      throw new AssertionError("still serving");
    }
  }
}
