package dev.rolecall.tests.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.rolecall.access.Refusal;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Puts the door in front of a handler of the JDK's HTTP server. */
// region handler
final class GuardedHandler implements HttpHandler {

  private final HttpDoor door;
  private final String service;
  private final Next next;

  GuardedHandler(HttpDoor door, String service, Next next) {
    this.door = requireNonNull(door, "door");
    this.service = requireNonNull(service, "service");
    this.next = requireNonNull(next, "next");
  }

  /** A handler that knows its caller: the JDK's server shares attributes between requests. */
  interface Next {
    void handle(HttpExchange exchange, Optional<Caller> caller) throws IOException;
  }

  /** Returns at once; while the caller is looked up, the exchange stays open without a thread. */
  @Override
  public void handle(HttpExchange exchange) {
    door.judge(
        service,
        exchange.getRequestMethod(),
        exchange.getRemoteAddress().getAddress().getHostAddress(),
        exchange.getRequestHeaders().getOrDefault("Authorization", List.of()),
        new HttpDoor.Answer() {
          @Override
          public void admitted(Optional<Caller> caller) {
            serve(exchange, caller);
          }

          @Override
          public void refused(Refusal refusal) {
            refuse(exchange, refusal);
          }
        });
  }

  private void serve(HttpExchange exchange, Optional<Caller> caller) {
    try (exchange) {
      next.handle(exchange, caller);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuse(HttpExchange exchange, Refusal refusal) {
    RefusalKind kind = refusal.reason().kind();
    if (kind == RefusalKind.UNAUTHENTICATED) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
    }
    refusal
        .retryAfter()
        .map(wait -> Math.max(1, wait.toSeconds()))
        .ifPresent(wait -> exchange.getResponseHeaders().set("Retry-After", Long.toString(wait)));
    byte[] why = refusal.reason().statusDescription().getBytes(UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(kind.httpStatus(), why.length);
      exchange.getResponseBody().write(why);
    } catch (IOException e) {
      // The client has left.
    }
  }
}
// endregion
