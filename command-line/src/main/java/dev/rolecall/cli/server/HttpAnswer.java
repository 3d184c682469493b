package dev.rolecall.cli.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** An answer of the JDK's HTTP server. */
public final class HttpAnswer {

  private HttpAnswer() {}

  /**
   * Sends all of it; to a HEAD the head alone.
   *
   * @param type its media type
   */
  public static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
