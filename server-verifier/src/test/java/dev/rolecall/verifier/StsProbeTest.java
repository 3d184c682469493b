package dev.rolecall.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** The unsigned question that says whether STS can be reached. */
final class StsProbeTest {

  private static final URI STS = URI.create("https://sts.eu-west-1.amazonaws.com");
  private static final Map<String, String> PROXY =
      Map.of("HTTPS_PROXY", "http://user:SECRET@proxy.example:8080");

  @Test
  void ask_serverThatAnswers_isItsStatusTextAndDate() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "<ErrorResponse/>".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Date", "Sat, 21 Nov 2026 22:18:45 GMT");
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

      StsProbe.Answer answer = StsProbe.of(url, Map.of()).ask(Duration.ofMinutes(1));

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text()).isEqualTo("<ErrorResponse/>");
      assertThat(answer.date().map(date -> date.isAfter(Instant.EPOCH))).contains(true);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void proxy_ofTheEnvironment_isNamedWithoutItsPassword() {
    StsProbe probe = StsProbe.of(STS, PROXY);

    assertThat(probe.proxy()).contains("proxy.example:8080");
    assertThat(probe.settings()).singleElement().satisfies(StsProbeTest::isUsed);
    assertThat(probe.settings().toString())
        .contains("HTTPS_PROXY is set: ")
        .doesNotContain("SECRET");
    assertThat(StsProbe.of(STS, Map.of()).proxy()).isEqualTo(Optional.empty());
    assertThat(StsProbe.of(STS, Map.of()).settings()).isEmpty();
  }

  private static void isUsed(StsProbe.Setting setting) {
    assertThat(setting.name()).isEqualTo("HTTPS_PROXY");
    assertThat(setting.readable()).isTrue();
    assertThat(setting.used()).isTrue();
  }

  @Test
  void setting_thatIsNotUnderstood_isNamedAsUnused() {
    StsProbe probe = StsProbe.of(STS, Map.of("HTTPS_PROXY", "socks5://SECRET"));

    assertThat(probe.settings())
        .singleElement()
        .satisfies(
            setting -> {
              assertThat(setting.readable()).isFalse();
              assertThat(setting.used()).isFalse();
              assertThat(setting).asString().startsWith("HTTPS_PROXY is set and not used: ");
              assertThat(setting).asString().doesNotContain("SECRET");
            });
  }

  @Test
  void fault_isTheEndThatTheFailureIsOf() {
    assertThat(StsProbe.of(STS, Map.of()).fault(new IOException("reset")))
        .isEqualTo(StsProbe.Fault.STS);
    assertThat(StsProbe.of(STS, PROXY).fault(new IOException("reset")))
        .isEqualTo(StsProbe.Fault.PROXY_AWAY);
    assertThat(StsProbe.of(STS, PROXY).fault(new SSLException("no agreement")))
        .isEqualTo(StsProbe.Fault.TLS);
  }

  @Test
  void of_urlWithoutAHost_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> StsProbe.of(URI.create("mailto:sts"), Map.of()))
        .withMessage("endpoint's host");
  }
}
