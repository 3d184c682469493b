package dev.rolecall.verifier.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.Proofs;
import dev.rolecall.verifier.internal.answer.StsResponse;
import dev.rolecall.verifier.internal.endpoint.RegionName;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real HTTP client against a server that misbehaves. */
@Tag("attack")
final class HttpStsTransportTest {

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpStsTransport transport =
      HttpStsTransport.create(threads, threads, System::nanoTime);
  private final HttpServer server = unstarted();

  private static HttpServer unstarted() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() {
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI().getRawPath()
                  + " "
                  + exchange.getRequestHeaders().get("Host"));
          answer.give(exchange);
        });
  }

  private StsRequest request() {
    return requestTo(server.getAddress().getPort());
  }

  private static StsRequest requestTo(int port) {
    StsEndpoint endpoint =
        StsEndpoint.at(
            URI.create("http://127.0.0.1:" + port), new RegionName("us-east-1"), Partition.AWS);
    return StsRequest.rebuild(endpoint, Audience.of("orders"), Proofs.builder().build());
  }

  @Test
  void send_json_comesBackWhole() throws Exception {
    byte[] body = "{\"a\":\"b\"}".getBytes(US_ASCII);
    answer(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    StsResponse response = transport.send(request()).get(10, TimeUnit.SECONDS);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.contentTypes()).containsExactly("application/json");
    assertThat(response.body()).isEqualTo(body);
    assertThat(seen).containsExactly("GET / [127.0.0.1:" + server.getAddress().getPort() + "]");
  }

  @Test
  void send_redirect_isNotFollowed() throws Exception {
    answer(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    assertThat(transport.send(request()).get(10, TimeUnit.SECONDS).status()).isEqualTo(307);
    assertThat(seen).hasSize(1);
  }

  @Test
  void send_bodyOfExactlyTheLimit_isRead() throws Exception {
    answer(exchange -> write(exchange, StsResponse.MAX_BODY));
    assertThat(transport.send(request()).get(10, TimeUnit.SECONDS).body())
        .hasSize(StsResponse.MAX_BODY);
  }

  @Test
  void send_bodyOfOneByteMore_isRefused() {
    answer(exchange -> write(exchange, StsResponse.MAX_BODY + 1));
    assertFailsWith(AnswerTooLongException.class, transport.send(request()));
  }

  @Test
  void send_bodyOfTenMegabytes_isRefused() {
    answer(exchange -> write(exchange, 10 << 20));
    assertFailsWith(AnswerTooLongException.class, transport.send(request()));
  }

  @Test
  void send_bodyWithoutEnd_isCutOff() throws Exception {
    CountDownLatch serverNoticed = new CountDownLatch(1);
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[1_024];
          try (OutputStream body = exchange.getResponseBody()) {
            while (!Thread.currentThread().isInterrupted()) {
              body.write(chunk);
            }
          } catch (IOException e) {
            serverNoticed.countDown();
          }
        });
    assertFailsWith(AnswerTooLongException.class, transport.send(request()));
    assertThat(serverNoticed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void cancel_whileTheBodyDrips_endsTheExchange() throws Exception {
    CountDownLatch dripping = new CountDownLatch(1);
    CountDownLatch serverNoticed = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write('{');
            body.flush();
            dripping.countDown();
            awaitQuietly(cancelled);
            while (!Thread.currentThread().isInterrupted()) {
              body.write(' ');
              body.flush();
            }
          } catch (IOException e) {
            serverNoticed.countDown();
          }
        });
    CompletableFuture<StsResponse> response = transport.send(request());
    assertThat(dripping.await(10, TimeUnit.SECONDS)).isTrue();
    response.cancel(true);
    cancelled.countDown();
    assertThat(serverNoticed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void send_connectionReset_failsWithIo() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      threads.execute(
          () -> {
            // More than once: the client may repeat a GET whose connection closed unanswered.
            while (!socket.isClosed()) {
              try (var accepted = socket.accept()) {
                accepted.setSoLinger(true, 0);
              } catch (IOException e) {
                // The socket is closed with the test.
              }
            }
          });
      assertFailsWith(IOException.class, transport.send(requestTo(socket.getLocalPort())));
    }
  }

  @Test
  void send_connectionRefused_failsWithIo() throws Exception {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    assertFailsWith(IOException.class, transport.send(requestTo(closedPort)));
  }

  private static void write(HttpExchange exchange, int length) throws IOException {
    byte[] body = new byte[length];
    Arrays.fill(body, (byte) ' ');
    exchange.sendResponseHeaders(200, length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    } catch (IOException e) {
      // The client may have cut it off: that is what the test is about.
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertFailsWith(
      Class<? extends IOException> type, CompletableFuture<StsResponse> response) {
    assertThatThrownBy(() -> response.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(type)
        .hasMessageNotContaining("SECRET");
  }
}
