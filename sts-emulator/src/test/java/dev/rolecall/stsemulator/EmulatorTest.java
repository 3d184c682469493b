package dev.rolecall.stsemulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.protocol.StsErrorCode;
import dev.rolecall.testsupport.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;

/** An emulator on a clock that stands still, with one role, asked over real HTTP. */
abstract class EmulatorTest {

  static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  static final Duration PATIENCE = Duration.ofMinutes(2);

  final ManualTime clock = new ManualTime(Instant.parse("2026-03-01T12:00:00Z"));
  final StsEmulator emulator = StsEmulator.builder().clock(clock).start();
  final EmulatedCredentials checkout =
      emulator.add(EmulatedPrincipal.builder(CHECKOUT).sessionName("i-0abc").build());
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    emulator.close();
  }

  /** Signs now, as the checkout role. */
  final TestSigner signer() {
    return signer(checkout);
  }

  final TestSigner signer(EmulatedCredentials credentials) {
    return new TestSigner(emulator.endpoint(), credentials, clock.instant());
  }

  final HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  final HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build());
  }

  final HttpResponse<String> getJson(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).header("Accept", "application/json").build());
  }

  final CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest request) {
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  /** Refused in both formats, with that code, its status, and a message that holds that text. */
  final void assertRefused(URI uri, StsErrorCode code, String message) throws Exception {
    HttpResponse<String> xml = get(uri);
    assertThat(xml.statusCode()).isEqualTo(code.status());
    assertThat(xml.headers().firstValue("Content-Type")).contains("text/xml");
    assertThat(xml.body())
        .startsWith(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<Error><Type>Sender</Type><Code>"
                + code.wireName()
                + "</Code><Message>")
        .contains(message.replace("\"", "&quot;"), "</Message></Error><RequestId>");

    HttpResponse<String> json = getJson(uri);
    assertThat(json.statusCode()).isEqualTo(code.status());
    assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json.body())
        .startsWith(
            "{\"Error\":{\"Type\":\"Sender\",\"Code\":\"" + code.wireName() + "\",\"Message\":\"")
        .contains(message)
        .matches("(?s).*\"\\},\"RequestId\":\"[0-9a-f-]{36}\"\\}");
    assertThat(emulator.requests().refused(code)).isEqualTo(2);
    assertThat(emulator.requests().answered()).isZero();
  }

  /** The text of an element, or what follows a JSON name; enough for flat answers. */
  static String field(HttpResponse<String> response, String name) {
    String body = response.body();
    String open = "<" + name + ">";
    int start = body.indexOf(open);
    if (start < 0) {
      throw new AssertionError("no " + open + " in HTTP " + response.statusCode());
    }
    return body.substring(start + open.length(), body.indexOf("</" + name + ">"));
  }
}
