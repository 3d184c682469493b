package dev.rolecall.cli.console.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;

/** Requests byte by byte, as no well-behaved client sends them. One a connection. */
record RawHttp(int port) {

  private static final int PATIENCE_MILLIS = 20_000;

  /**
   * An answer.
   *
   * @param status the status
   * @param head the lines of its head
   * @param body what follows
   */
  record Answered(int status, String head, String body) {

    /** The value of a header; empty where there is none. */
    Optional<String> header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }
  }

  /** A request with exactly those lines, and no body. */
  Answered send(String... lines) throws IOException {
    return sendWithBody("", lines);
  }

  /** A request with exactly those lines and that body, whose length is added. */
  Answered sendWithBody(String body, String... lines) throws IOException {
    String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    String head =
        String.join("\r\n", Arrays.asList(lines)) + "\r\n" + length + "Connection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write((head + body).getBytes(ISO_8859_1));
      out.flush();
      return answered(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
    }
  }

  private static Answered answered(String all) {
    int end = all.indexOf("\r\n\r\n");
    String head = all.substring(0, end);
    return new Answered(
        Integer.parseInt(head.substring(9, 12)), head, all.substring(end + 4).strip());
  }
}
