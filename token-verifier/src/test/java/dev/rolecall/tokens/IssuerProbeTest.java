package dev.rolecall.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.testsupport.ClosedPort;
import dev.rolecall.testsupport.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A question for an issuer's keys over real connections. */
final class IssuerProbeTest {

  private static final String KEYS =
      new String(KeySet.of(List.of(Issuers.EC.verificationKey())).toJson(), US_ASCII);

  private static String said(IssuerProbe.Answer answer) {
    return answer.fold(
        found -> "keys: " + found.keys().keys().size(),
        failed -> (failed.isPassing() ? "passing: " : "wrong: ") + failed.words());
  }

  private static IssuerProbe.Answer ask(String url) {
    return IssuerProbe.ask(TokenIssuer.of("idp", url).allowPlainHttpOnLoopback());
  }

  /** The answer of an issuer with that discovery document, of which %s is its own URL. */
  private static String askOf(String metadata, String keys) throws IOException {
    try (LoopbackServer server =
        LoopbackServer.of(
            (connection, number) -> {
              String path = head(connection).split(" ", -1)[1];
              String url = "http://127.0.0.1:" + connection.getLocalPort();
              answer(connection, path.equals("/keys") ? keys : metadata.replace("%s", url));
            })) {
      return said(ask("http://127.0.0.1:" + server.port()));
    }
  }

  private static String head(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    return head.toString();
  }

  private static void answer(Socket connection, String body) throws IOException {
    String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ";
    connection
        .getOutputStream()
        .write((head + body.length() + "\r\n\r\n" + body).getBytes(US_ASCII));
    connection.getOutputStream().flush();
  }

  @Test
  void ask_anIssuerThatPublishesKeys_hasThem() throws IOException {
    assertThat(askOf("{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}", KEYS)).isEqualTo("keys: 1");
  }

  @Test
  void ask_anIssuerThatAnswersWrongly_isNoOutage() throws IOException {
    assertThat(askOf("{\"issuer\":\"%s/\",\"jwks_uri\":\"%s/keys\"}", KEYS))
        .startsWith("wrong: its discovery document is of another issuer");
    assertThat(askOf("{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}", "{\"keys\":[]}"))
        .isEqualTo("wrong: its key set has no usable key");
    assertThat(askOf("<html>", KEYS)).startsWith("wrong: its answer is not a document");
  }

  @Test
  void ask_anIssuerThatIsAway_isAnOutage() {
    assertThat(said(ask("http://127.0.0.1:" + ClosedPort.any())))
        .startsWith("passing: it could not be reached");
  }

  @Test
  void ask_anIssuerWithoutTls_isRefused() {
    assertThatThrownBy(() -> ask("http://idp.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://idp.example");
    assertThatThrownBy(() -> IssuerProbe.ask(TokenIssuer.of("idp", "http://127.0.0.1:1")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
