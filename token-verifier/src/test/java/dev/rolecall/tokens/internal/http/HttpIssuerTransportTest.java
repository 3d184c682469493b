package dev.rolecall.tokens.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.testsupport.ClosedPort;
import dev.rolecall.testsupport.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Exchanges over real connections, with servers that misbehave. */
@Tag("attack")
final class HttpIssuerTransportTest {

  private static final int LONGEST = 65_536;
  private static final Duration SHORT = Duration.ofMillis(300);

  private final AccessRuntime runtime = AccessRuntime.ofDefaults();
  private final IssuerExchanges exchanges =
      new IssuerExchanges(
          HttpIssuerTransport.create(runtime.newWaiters("test-"), Optional.empty()), runtime);
  private final List<String> heads = new CopyOnWriteArrayList<>();

  @AfterEach
  void end() {
    runtime.close();
  }

  private IssuerOutcome<IssuerResponse> get(int port, Duration limit) throws Exception {
    return exchanges.send(IssuerRequest.get(url(port), LONGEST), limit).get(20, SECONDS);
  }

  private static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port + "/keys");
  }

  private static String word(IssuerOutcome<IssuerResponse> outcome) {
    return outcome.fold(
        response -> response.status() + response.failure().map(failure -> " " + failure).orElse(""),
        IssuerFailure::label);
  }

  /** Reads a request's head and body, and gives the answer to a handler. */
  private LoopbackServer server(Answer answer) {
    return LoopbackServer.of(
        (connection, number) -> {
          heads.add(read(connection));
          answer.to(connection);
        });
  }

  private interface Answer {
    void to(Socket connection) throws IOException;
  }

  private static String read(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      text.append((char) in.read());
    }
    int at = text.indexOf("Content-Length: ");
    if (at >= 0) {
      int length = Integer.parseInt(text.substring(at + 16, text.indexOf("\r\n", at)));
      text.append(new String(in.readNBytes(length), US_ASCII));
    }
    return text.toString();
  }

  private static void write(Socket connection, String text) throws IOException {
    OutputStream out = connection.getOutputStream();
    out.write(text.getBytes(US_ASCII));
    out.flush();
  }

  @Test
  void answer_isReadWhole() throws Exception {
    try (LoopbackServer server =
        server(
            connection ->
                write(
                    connection,
                    "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\n\r\n{}"))) {
      IssuerResponse response =
          get(server.port(), IssuerExchanges.LIMIT).fold(good -> good, bad -> null);

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.cacheControl()).contains("max-age=60");
      assertThat(response.body()).asString(US_ASCII).isEqualTo("{}");
      assertThat(heads.get(0)).startsWith("GET /keys HTTP/1.1").doesNotContain("Authorization");
    }
  }

  @Test
  void redirect_isNotFollowed() throws Exception {
    CountDownLatch followed = new CountDownLatch(1);
    try (LoopbackServer other = server(connection -> followed.countDown());
        LoopbackServer server =
            server(
                connection ->
                    write(
                        connection,
                        "HTTP/1.1 302 Found\r\nLocation: "
                            + url(other.port())
                            + "\r\nContent-Length: 0\r\n\r\n"))) {
      assertThat(word(get(server.port(), IssuerExchanges.LIMIT))).isEqualTo("302 REDIRECT");
      assertThat(followed.getCount()).isEqualTo(1);
    }
  }

  @Test
  void tenMegabytes_areCutAtTheLimit() throws Exception {
    CompletableFuture<Long> sent = new CompletableFuture<>();
    try (LoopbackServer server =
        server(
            connection -> {
              write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n");
              sent.complete(pour(connection));
            })) {
      assertThat(word(get(server.port(), IssuerExchanges.LIMIT))).isEqualTo("too_long");
      assertThat(sent.get(20, SECONDS)).as("bytes until the client hung up").isLessThan(10_485_760);
    }
  }

  private static long pour(Socket connection) {
    byte[] block = new byte[8_192];
    long sent = 0;
    try {
      while (sent < 10_485_760) {
        connection.getOutputStream().write(block);
        sent += block.length;
      }
    } catch (IOException closed) {
      // The client has read enough.
    }
    return sent;
  }

  @Test
  void bodyThatDrips_isEndedByTheTimeForTheWholeExchange() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (LoopbackServer server =
        server(
            connection -> {
              write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{");
              // The end of the connection, seen by the server that would drip on.
              while (connection.getInputStream().read() >= 0) {
                write(connection, " ");
              }
              gone.countDown();
            })) {
      assertThat(word(get(server.port(), SHORT))).isEqualTo("timeout");
      assertThat(gone.await(20, SECONDS)).as("the connection ends").isTrue();
    }
  }

  @Test
  void serverThatSaysNothing_isATimeout() throws Exception {
    try (LoopbackServer server = server(connection -> {})) {
      assertThat(word(get(server.port(), SHORT))).isEqualTo("timeout");
    }
  }

  @Test
  void serverThatHangsUp_isAConnectionFailure() throws Exception {
    try (LoopbackServer server = server(Socket::close)) {
      assertThat(word(get(server.port(), IssuerExchanges.LIMIT))).isEqualTo("connection");
    }
  }

  @Test
  void portThatIsClosed_isAConnectionFailure() throws Exception {
    assertThat(word(get(ClosedPort.any(), IssuerExchanges.LIMIT))).isEqualTo("connection");
  }

  @Test
  void plainServer_whereTlsIsMeant_isAConnectionFailure() throws Exception {
    try (LoopbackServer server =
        LoopbackServer.of((connection, number) -> write(connection, "HTTP/1.1 200 OK\r\n\r\n"))) {
      URI url = URI.create("https://127.0.0.1:" + server.port() + "/keys");

      assertThat(
              word(
                  exchanges
                      .send(IssuerRequest.get(url, LONGEST), IssuerExchanges.LIMIT)
                      .get(20, SECONDS)))
          .isEqualTo("connection");
    }
  }

  @Test
  void form_isPosted() throws Exception {
    try (LoopbackServer server =
        server(connection -> write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"))) {
      IssuerRequest request =
          IssuerRequest.post(url(server.port()), LONGEST, "Basic c2VjcmV0", "token=abc");
      assertThat(word(exchanges.send(request, IssuerExchanges.LIMIT).get(20, SECONDS)))
          .isEqualTo("200");
      assertThat(heads.get(0))
          .startsWith("POST /keys HTTP/1.1")
          .contains("Authorization: Basic c2VjcmV0")
          .contains("Content-Type: application/x-www-form-urlencoded")
          .endsWith("token=abc");
      assertThat(request).asString().contains("****").doesNotContain("abc").doesNotContain("c2Vj");
    }
  }
}
