package dev.rolecall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.testsupport.ServedProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The start of a server that accepts tokens: what it asks their issuer. */
@Timeout(600)
final class ServeStartTest {

  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final String KEYS = "/keys";

  @RegisterExtension static final Shell SHELL = new Shell();

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch fetched = new CountDownLatch(1);
  private HttpServer issuer;

  @BeforeEach
  void begin() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(DISCOVERY, "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(url()));
    SigningKey key = SigningKey.generate(Algorithm.ES256, new SecureRandom());
    answer(KEYS, new String(KeySet.of(List.of(key.verificationKey())).toJson(), UTF_8));
    issuer.start();
  }

  @AfterEach
  void end() {
    issuer.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + issuer.getAddress().getPort();
  }

  private void answer(String path, String body) {
    issuer.createContext(
        path,
        exchange -> {
          try (exchange) {
            asked.add(path);
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
          }
          if (path.equals(KEYS)) {
            fetched.countDown();
          }
        });
  }

  @Test
  void serve_issuer_isAskedForItsKeysOnce() throws Exception {
    try (ServedProcess served =
        SHELL
            .running()
            .serve(SHELL.running().sts(), Map.of(), "--plaintext", "--issuer", "corp=" + url())) {
      assertThat(served.line()).startsWith("serving orders on ");
      assertThat(fetched.await(1, TimeUnit.MINUTES)).isTrue();
      served.terminate();
    }

    assertThat(asked).containsExactly(DISCOVERY, KEYS);
  }

  @Test
  void serve_fileOfAuthoritiesThatIsNone_isNamedBeforeItsIssuerIsAsked() {
    CommandRun run =
        CommandRun.of(
            "serve",
            "--audience",
            "orders",
            "--plaintext",
            "--policy",
            "none.yaml",
            "--issuer",
            "corp=" + url(),
            "--issuer-ca",
            "corp=none.pem");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--issuer: file of certificate authorities: none.pem");
    assertThat(asked).isEmpty();
  }
}
