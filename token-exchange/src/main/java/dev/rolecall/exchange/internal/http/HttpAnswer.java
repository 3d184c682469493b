package dev.rolecall.exchange.internal.http;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP response. Its body may be a secret, so it is no record. Immutable. */
public final class HttpAnswer {

  private static final int NO_BODY = -1;

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** An answer without a body. */
  public static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Map.of(), new byte[0]);
  }

  /**
   * An answer in JSON.
   *
   * @param caching the value of {@code Cache-Control}
   * @param json not copied
   */
  public static HttpAnswer json(int status, String caching, byte[] json) {
    return new HttpAnswer(
        status,
        Map.of("Content-Type", "application/json", "Cache-Control", caching),
        requireNonNull(json, "json"));
  }

  /** The same with that header. */
  public HttpAnswer with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new HttpAnswer(status, all, body);
  }

  /** Sends it and ends the exchange. Blocks on the client, as long as the server's limits allow. */
  public void send(HttpExchange exchange) {
    boolean withBody = body.length > 0 && !exchange.getRequestMethod().equals("HEAD");
    Headers sent = exchange.getResponseHeaders();
    headers.forEach(sent::set);
    try (exchange) {
      exchange.sendResponseHeaders(status, withBody ? body.length : NO_BODY);
      if (withBody) {
        exchange.getResponseBody().write(body);
      }
    } catch (IOException e) {
      // The client has left, and nothing is owed to it.
      exchange.close();
    }
  }

  @Override
  public String toString() {
    return "HttpAnswer[" + status + ", ****]";
  }
}
