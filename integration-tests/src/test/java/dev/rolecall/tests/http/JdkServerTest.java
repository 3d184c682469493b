package dev.rolecall.tests.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rolecall.identity.Caller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** The JDK's HTTP server behind the door. */
final class JdkServerTest extends HttpGuardSuite {

  @Override
  int start(HttpDoor door, ExecutorService oneThread) throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    // region server
    HttpServer server = HttpServer.create(address, 0);
    server.setExecutor(oneThread);
    server.createContext("/orders", new GuardedHandler(door, "http.Orders", JdkServerTest::orders));
    server.start();
    // endregion
    rolecall.closing(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  private static void orders(HttpExchange exchange, Optional<Caller> caller) throws IOException {
    if (caller.isEmpty()) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String role = caller.get().principal().text();
    byte[] answer = ("orders for " + role).getBytes(UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
  }
}
