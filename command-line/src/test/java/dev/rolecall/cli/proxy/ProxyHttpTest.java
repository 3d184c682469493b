package dev.rolecall.cli.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.testsupport.ServedProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Judged in a process of its own: the JDK reads the limits of its HTTP server once, and here other
 * tests may have had one before.
 */
@Timeout(300)
final class ProxyHttpTest {

  private static final int MORE_THAN_THREADS = 8;

  @RegisterExtension final ProxyScene scene = new ProxyScene();

  @Tag("attack")
  @Test
  void requests_thatAreNeverFinished_doNotKeepOthersWaiting() throws Exception {
    URI health = health();
    for (int i = 0; i < MORE_THAN_THREADS; i++) {
      begin(health);
    }

    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(status(health)).isEqualTo(200));
  }

  private URI health() throws IOException {
    ServedProcess checker =
        scene.process("envoy-checker", "--plaintext", "--port", "0", "--http-port", "0");
    assertThat(checker.line()).startsWith("checking orders on");
    return URI.create(ProxyScene.url(checker.line()) + "/healthz");
  }

  private void begin(URI at) throws IOException {
    Socket half = scene.closing(new Socket(InetAddress.getLoopbackAddress(), at.getPort()));
    half.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: x\r\nX-".getBytes(US_ASCII));
    half.getOutputStream().flush();
  }

  private static int status(URI at) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(at).timeout(Duration.ofSeconds(2)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
