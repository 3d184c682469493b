package dev.rolecall.cli.login;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * The page that a browser is led back to: it listens on loopback, at a free port, for one answer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252, section 7.3</a>
 */
final class RedirectListener implements AutoCloseable {

  private static final String PATH = "/callback";
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final HttpServer server;
  private final CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();

  /** Nothing, until a login has begun. */
  private volatile Predicate<Map<String, String>> expected = parameters -> false;

  private RedirectListener(HttpServer server) {
    this.server = server;
  }

  /** Listens. */
  static RedirectListener open() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
      RedirectListener listener = new RedirectListener(server);
      server.createContext("/", listener::answer);
      server.start();
      return listener;
    } catch (IOException e) {
      throw new CommandFailure("cannot listen on 127.0.0.1: " + IoWords.why(e), e);
    }
  }

  /** The address of the page. */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  /**
   * Has it take the first request with such parameters. Any page in the person's browser may send
   * others, which end nothing.
   */
  void expect(Predicate<Map<String, String>> answer) {
    this.expected = answer;
  }

  /**
   * The parameters of the request that was expected; blocks until then.
   *
   * @return empty if none came in that time
   */
  Optional<Map<String, String>> await(Duration patience) {
    try {
      return Optional.of(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer does not fail", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted: not logged in", e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    Optional<Map<String, String>> parameters = parameters(exchange).filter(expected);
    if (parameters.isEmpty()) {
      say(exchange, 404, "Nothing is here.");
      return;
    }
    // Said in full before the command goes on, which closes this page.
    say(exchange, 200, "Go back to the terminal. You may close this page.");
    answer.complete(parameters.get());
  }

  /** The parameters, each of which stands once; empty if it is no request to the page. */
  private static Optional<Map<String, String>> parameters(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    if (!exchange.getRequestMethod().equals("GET")
        || !PATH.equals(exchange.getRequestURI().getPath())
        || query == null) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (String each : query.split("&", -1)) {
      String[] pair = each.split("=", 2);
      try {
        String value = pair.length == 2 ? URLDecoder.decode(pair[1], UTF_8) : "";
        if (parameters.put(pair[0], value) != null) {
          return Optional.empty();
        }
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static void say(HttpExchange exchange, int status, String words) throws IOException {
    byte[] page = (words + "\n").getBytes(US_ASCII);
    // What is written is sent when the exchange is closed, and not before.
    try (exchange) {
      exchange.getResponseHeaders().add("content-type", "text/plain; charset=us-ascii");
      exchange.getResponseHeaders().add("cache-control", "no-store");
      exchange.sendResponseHeaders(status, page.length);
      exchange.getResponseBody().write(page);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
