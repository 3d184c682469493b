package dev.rolecall.cli.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.cli.console.answer.Answer;
import dev.rolecall.cli.console.web.RawHttp.Answered;
import dev.rolecall.cli.failure.CommandFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The web server of a console, asked by those who may and those who may not. */
@Tag("attack")
class ConsoleHttpTest {

  private static final String JSON = "Content-Type: application/json";
  private static final Duration IDLE = Duration.ofMinutes(30);

  private final AtomicLong nanos = new AtomicLong();
  private final Keys keys = new Keys(new SecureRandom(), Keys.CODE_LIFE, nanos::get);
  private final IdleWatch idle = new IdleWatch(IDLE, nanos::get);
  private final ConsoleHttp http =
      ConsoleHttp.open(
          0,
          keys,
          idle,
          Map.of(
              "echo",
              body -> Answer.of(json -> json.writeStringField("said", body)),
              "broken",
              body -> {
                throw new IllegalStateException("words that the page must not see");
              },
              "broken/stream",
              body ->
                  (Answer.Lines)
                      sink -> {
                        sink.write("{}");
                        throw new IllegalStateException("words that the page must not see");
                      }));
  private final int port = URI.create(http.link("")).getPort();
  private final String host = "Host: 127.0.0.1:" + port;
  private final RawHttp raw = new RawHttp(port);

  @AfterEach
  void close() {
    http.close();
  }

  private Answered exchange(String code) throws IOException {
    return raw.sendWithBody("{\"code\":\"" + code + "\"}", "POST /session HTTP/1.1", host, JSON);
  }

  private String token() throws IOException {
    String body = exchange(keys.newCode()).body();
    return body.substring(body.indexOf(":\"") + 2, body.lastIndexOf('"'));
  }

  private Answered ask(String path, String... headers) throws IOException {
    List<String> lines = new ArrayList<>(List.of("POST " + path + " HTTP/1.1", host));
    lines.addAll(Arrays.asList(headers));
    return raw.sendWithBody("{}", lines.toArray(String[]::new));
  }

  @Test
  void page_ofThisHost_isServed() throws IOException {
    Answered page = raw.send("GET / HTTP/1.1", host);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body()).contains("<title>");
  }

  @Test
  void page_isSentInLessThan60Kilobytes() throws IOException {
    Path folder = Path.of("src/main/resources/dev/rolecall/cli/console/page");
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        Answered sent =
            raw.send(
                "GET /" + (name.equals("index.html") ? "" : name) + " HTTP/1.1",
                host,
                "Accept-Encoding: gzip, br");
        assertThat(sent.status()).as(name).isEqualTo(200);
        assertThat(sent.header("Content-Encoding")).contains("gzip");
        bytes += Long.parseLong(sent.header("Content-Length").orElseThrow());
      }
    }

    assertThat(bytes).isLessThan(60_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:%d",
        "localhost:%d",
        "127.0.0.1",
        "127.0.0.2:%d",
        "[::1]:%d",
        "127.0.0.1:%d.",
        "127.0.0.1:%d, evil.example"
      })
  void request_forAnotherHost_isMisdirected(String other) throws IOException {
    Answered refused = raw.send("GET / HTTP/1.1", "Host: " + other.formatted(port));

    assertThat(refused.status()).isEqualTo(421);
    assertThat(refused.body()).doesNotContain("<title>");
  }

  @Test
  void request_withTwoHostsOrNone_isMisdirected() throws IOException {
    assertThat(raw.send("GET / HTTP/1.0").status()).isEqualTo(421);
    assertThat(raw.send("GET / HTTP/1.1", host, "Host: evil.example").status()).isEqualTo(421);
    assertThat(raw.send("GET http://evil.example/ HTTP/1.1", host).status()).isEqualTo(421);
  }

  @Test
  void token_askedForByAReboundName_isNotGiven() throws IOException {
    String code = keys.newCode();

    Answered refused =
        raw.sendWithBody(
            "{\"code\":\"" + code + "\"}",
            "POST /session HTTP/1.1",
            "Host: evil.example:" + port,
            JSON);

    assertThat(refused.status()).isEqualTo(421);
    assertThat(exchange(code).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1", "http://localhost"})
  void request_ofAnotherOrigin_isRefusedWithAToken(String origin) throws IOException {
    String bearer = "Authorization: Bearer " + token();

    Answered refused = ask("/api/echo", JSON, bearer, "Origin: " + origin);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).doesNotContain("said");
    assertThat(ask("/api/echo", JSON, bearer, "Origin: http://127.0.0.1:" + port).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "same-origin, cors, empty, 200",
    "none, cors, empty, 200",
    "same-site, cors, empty, 403",
    "cross-site, cors, empty, 403",
    "cross-site, no-cors, image, 403",
    "cross-site, navigate, document, 403"
  })
  void request_byAnotherSite_isRefusedWithAToken(String site, String mode, String dest, int status)
      throws IOException {
    Answered answer =
        ask(
            "/api/echo",
            JSON,
            "Authorization: Bearer " + token(),
            "Sec-Fetch-Site: " + site,
            "Sec-Fetch-Mode: " + mode,
            "Sec-Fetch-Dest: " + dest);

    assertThat(answer.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "/, navigate, document, 200",
    "/, navigate, iframe, 403",
    "/, navigate, embed, 403",
    "/, no-cors, script, 403",
    "/, cors, empty, 403",
    "/main.js, no-cors, script, 403",
    "/main.js, navigate, document, 403"
  })
  void page_forAnotherSite_isForAWholeTabAlone(String path, String mode, String dest, int status)
      throws IOException {
    Answered answer =
        raw.send(
            "GET " + path + " HTTP/1.1",
            host,
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Mode: " + mode,
            "Sec-Fetch-Dest: " + dest);

    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void everyAnswer_letsNothingElseIn() throws IOException {
    List<Answered> answers =
        List.of(
            raw.send("GET / HTTP/1.1", host),
            raw.send("GET /none HTTP/1.1", host),
            raw.send("GET / HTTP/1.1", "Host: evil.example"),
            ask("/api/echo", JSON),
            exchange(keys.newCode()));

    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.header("Content-Security-Policy").orElseThrow())
                  .contains("default-src 'none'")
                  .contains("frame-ancestors 'none'")
                  .contains("require-trusted-types-for 'script'")
                  .doesNotContain("unsafe");
              assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
              assertThat(answer.header("X-Frame-Options")).contains("DENY");
              assertThat(answer.header("Cache-Control")).contains("no-store");
              assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
              assertThat(answer.header("Set-Cookie")).isEmpty();
              assertThat(answer.head()).doesNotContainIgnoringCase("Access-Control-");
            });
  }

  @Test
  void preflight_ofAnotherSite_isRefused() throws IOException {
    Answered preflight =
        raw.send(
            "OPTIONS /api/echo HTTP/1.1",
            host,
            "Origin: http://evil.example",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization");

    assertThat(preflight.status()).isEqualTo(403);
    assertThat(preflight.head()).doesNotContainIgnoringCase("Access-Control-Allow");
    assertThat(raw.send("OPTIONS /api/echo HTTP/1.1", host).status()).isEqualTo(405);
  }

  @Test
  void webSocket_isNotSpoken() throws IOException {
    Answered refused =
        raw.send(
            "GET / HTTP/1.1",
            host,
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");

    assertThat(refused.status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../etc/passwd",
        "/..%2f..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/page/../index.html",
        "//index.html",
        "/./",
        "/index.html",
        "/?x",
        "/main.js?x",
        "/main.js/",
        "/main.js%00.txt",
        "/META-INF/MANIFEST.MF",
        "/dev/rolecall/cli/console/ConsoleCommand.class"
      })
  void path_ofNoFileOfThePage_isNotFound(String path) throws IOException {
    assertThat(raw.send("GET " + path + " HTTP/1.1", host).status()).isIn(400, 404);
  }

  @Test
  void question_withoutAToken_isNotAnswered() throws IOException {
    String token = token();

    assertThat(ask("/api/echo", JSON).body()).contains("\"face\":\"NO_KEY\"");
    assertThat(ask("/api/echo", JSON).status()).isEqualTo(401);
    assertThat(ask("/api/echo", JSON, "Authorization: Bearer " + token + "x").status())
        .isEqualTo(401);
    assertThat(ask("/api/echo", JSON, "Authorization: Basic " + token).status()).isEqualTo(401);
    assertThat(
            ask(
                    "/api/echo",
                    JSON,
                    "Authorization: Bearer " + token,
                    "Authorization: Bearer " + token)
                .status())
        .isEqualTo(401);
    assertThat(ask("/api/echo?token=" + token, JSON).status()).isEqualTo(404);
    assertThat(ask("/api/none", JSON).status()).isEqualTo(401);
  }

  @Test
  void question_withAToken_isAnswered() throws IOException {
    String bearer = "Authorization: Bearer " + token();

    assertThat(ask("/api/echo", JSON, bearer).body()).contains("{\"said\":\"{}\"}");
    assertThat(ask("/api/none", JSON, bearer).status()).isEqualTo(404);
    assertThat(raw.send("GET /api/echo HTTP/1.1", host, bearer).status()).isEqualTo(405);
    assertThat(ask("/api/echo", "Content-Type: text/plain", bearer).status()).isEqualTo(415);
    assertThat(ask("/api/echo", bearer).status()).isEqualTo(415);
  }

  @Test
  void defect_isToldWithoutItsWords() throws IOException {
    Answered answer = ask("/api/broken", JSON, "Authorization: Bearer " + token());

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).contains("DEFECT").doesNotContain("must not see");
  }

  @Test
  void defectInAStream_isItsLastLine() throws IOException {
    Answered answer = ask("/api/broken/stream", JSON, "Authorization: Bearer " + token());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("{}", "DEFECT").doesNotContain("must not see");
  }

  @Test
  void body_ofMoreThanAKilobyteWithoutAToken_isRefused() throws IOException {
    String most = " ".repeat(1 << 10);

    assertThat(raw.sendWithBody(most, "POST /session HTTP/1.1", host, JSON).status())
        .isEqualTo(400);
    assertThat(raw.sendWithBody(most + " ", "POST /session HTTP/1.1", host, JSON).status())
        .isEqualTo(413);
  }

  @Test
  void body_ofMoreThanAMegabyte_isRefused() throws IOException {
    String bearer = "Authorization: Bearer " + token();
    String most = " ".repeat(1 << 20);

    assertThat(raw.sendWithBody(most, "POST /api/echo HTTP/1.1", host, JSON, bearer).status())
        .isEqualTo(200);
    assertThat(raw.sendWithBody(most + " ", "POST /api/echo HTTP/1.1", host, JSON, bearer).status())
        .isEqualTo(413);
  }

  @Test
  void body_thatIsNoUtf8_isWrong() throws IOException {
    Answered answer =
        raw.sendWithBody(
            "{\"a\":\"\u00ff\"}",
            "POST /api/echo HTTP/1.1",
            host,
            JSON,
            "Authorization: Bearer " + token());

    assertThat(answer.body()).contains("WRONG");
  }

  @Test
  void code_opensOnce() throws IOException {
    String code = keys.newCode();

    assertThat(exchange(code).status()).isEqualTo(200);
    assertThat(exchange(code).status()).isEqualTo(401);
    assertThat(exchange(code).body()).contains("LINK_USED");
    assertThat(exchange("").status()).isEqualTo(400);
    assertThat(exchange("guess").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"59999, 200", "60000, 401"})
  void code_opensWithinAMinute(int millis, int status) throws IOException {
    String code = keys.newCode();

    nanos.addAndGet(Duration.ofMillis(millis).toNanos());

    assertThat(exchange(code).status()).isEqualTo(status);
  }

  @Test
  void codesAndTokens_areEightAtMost() throws IOException {
    String oldest = keys.newCode();
    String token = token();
    for (int i = 0; i < 8; i++) {
      keys.newCode();
    }

    assertThat(exchange(oldest).status()).isEqualTo(401);
    for (int i = 0; i < 7; i++) {
      token();
    }
    assertThat(ask("/api/echo", JSON, "Authorization: Bearer " + token).status()).isEqualTo(200);
    token();
    assertThat(ask("/api/echo", JSON, "Authorization: Bearer " + token).status()).isEqualTo(401);
  }

  @Test
  void idleTime_isThatSinceAPersonAsked() throws IOException {
    String bearer = "Authorization: Bearer " + token();
    nanos.addAndGet(Duration.ofMinutes(20).toNanos());

    ask("/api/echo", JSON, bearer, "Rolecall-Background: 1");
    ask("/api/echo", JSON);
    raw.send("GET / HTTP/1.1", host);
    assertThat(idle.left()).isEqualTo(Duration.ofMinutes(10));

    ask("/api/echo", JSON, bearer);
    assertThat(idle.left()).isEqualTo(IDLE);
  }

  @Test
  void port_thatIsTaken_isSaid() {
    assertThatThrownBy(() -> ConsoleHttp.open(port, keys, idle, Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--port: cannot listen on 127.0.0.1:" + port);
    assertThatThrownBy(() -> ConsoleHttp.open(70_000, keys, idle, Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("--port: 70000 (expected: 0 to 65535)");
  }

  @Test
  void server_isOnLoopbackAlone() throws IOException {
    Optional<String> other =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address)
            .map(InetAddress::getHostAddress)
            .filter(address -> !address.startsWith("127."))
            .findFirst();

    assumeTrue(other.isPresent(), "this machine has no other address");
    assertThatThrownBy(() -> new Socket(other.get(), port).close())
        .isInstanceOf(ConnectException.class);
  }
}
