package dev.rolecall.cli.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ProxyHttpTest {

  private final ProxyHttp http = ProxyHttp.on("127.0.0.1", 0);
  private final List<Socket> idle = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    http.close();
    for (Socket each : idle) {
      each.close();
    }
  }

  private URI uri(String path) {
    return URI.create(http.url().orElseThrow() + path);
  }

  private int status(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(2)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Tag("attack")
  @Test
  void requests_thatAreNeverFinished_doNotKeepOthersWaiting() throws Exception {
    for (int i = 0; i < 8; i++) {
      Socket half = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort());
      half.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: x\r\nX-".getBytes(US_ASCII));
      half.getOutputStream().flush();
      idle.add(half);
    }

    await()
        .atMost(Duration.ofSeconds(40))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(status("/healthz")).isEqualTo(200));
  }
}
