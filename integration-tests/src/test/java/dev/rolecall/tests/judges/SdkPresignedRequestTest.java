package dev.rolecall.tests.judges;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The emulator accepts requests that the AWS SDK's own signer presigns, signed header and all; and
 * nothing that was altered afterwards.
 */
@Tag("attack")
class SdkPresignedRequestTest {

  private final StsEmulator emulator = StsEmulator.start();
  private final HttpClient http = HttpClient.newHttpClient();
  private final EmulatedCredentials checkout =
      emulator.addRole("arn:aws:iam::111122223333:role/checkout");

  @AfterEach
  void stop() {
    emulator.close();
  }

  /** A request as it is sent: what the signature covers, in a form that can be altered. */
  record Sent(String url, Map<String, String> headers) {

    Sent url(String part, String replacement) {
      assertThat(url).contains(part);
      return new Sent(url.replace(part, replacement), headers);
    }

    Sent header(String name, String value) {
      return new Sent(url, Map.of(name, value));
    }
  }

  record Change(String what, UnaryOperator<Sent> change, StsErrorCode code) {
    @Override
    public String toString() {
      return what;
    }
  }

  @Test
  void presigned_unaltered_isAnsweredInJson() throws Exception {
    HttpResponse<String> answer = send(presigned(Duration.ZERO));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"Arn\":\"" + checkout.callerArn() + "\"")
        .contains("\"Account\":\"111122223333\"");
  }

  @Test
  void presigned_oneMinuteOfLifeTenMinutesAgo_isAnsweredAsStsWould() throws Exception {
    // STS ignores X-Amz-Expires, which is why Rolecall's verifier does not.
    Sent request = presigned(Duration.ofMinutes(-10));

    assertThat(request.url()).contains("X-Amz-Expires=60");
    assertThat(send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void presigned_overFifteenMinutesAgo_isRefused() throws Exception {
    assertRefused(presigned(Duration.ofMinutes(-16)), StsErrorCode.SIGNATURE_DOES_NOT_MATCH);
  }

  static Stream<Change> changes() {
    StsErrorCode mismatch = StsErrorCode.SIGNATURE_DOES_NOT_MATCH;
    return Stream.of(
        new Change("audience", s -> s.header("x-rolecall-audience", "billing"), mismatch),
        new Change("audience left out", s -> new Sent(s.url(), Map.of()), mismatch),
        new Change("life", s -> s.url("X-Amz-Expires=60", "X-Amz-Expires=900"), mismatch),
        new Change("Region", s -> s.url("eu-west-1", "eu-west-2"), mismatch),
        new Change("service", s -> s.url("%2Fsts%2F", "%2Fs3%2F"), mismatch),
        new Change(
            "version",
            s -> s.url("Version=2011-06-15", "Version=2011-06-16"),
            StsErrorCode.INVALID_ACTION),
        new Change("parameter added", s -> s.url("?", "?DurationSeconds=900&"), mismatch),
        new Change(
            "header no longer signed", s -> s.url("host%3Bx-rolecall-audience", "host"), mismatch),
        new Change(
            "signature cut",
            s -> new Sent(s.url().replaceAll("(Signature=.{32}).{32}", "$1"), s.headers()),
            mismatch),
        new Change(
            "signature left out",
            s -> s.url("X-Amz-Signature=", "X-Amz-Nothing="),
            StsErrorCode.INCOMPLETE_SIGNATURE),
        new Change(
            "another key id",
            s -> s.url("X-Amz-Credential=ASIA", "X-Amz-Credential=ASIB"),
            StsErrorCode.INVALID_CLIENT_TOKEN_ID),
        new Change(
            "another session token",
            s -> s.url("X-Amz-Security-Token=", "X-Amz-Security-Token=x"),
            StsErrorCode.INVALID_CLIENT_TOKEN_ID));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void presigned_altered_isRefused(Change change) throws Exception {
    assertRefused(change.change().apply(presigned(Duration.ZERO)), change.code());
  }

  private void assertRefused(Sent request, StsErrorCode code) throws Exception {
    HttpResponse<String> answer = send(request);

    assertThat(answer.statusCode()).isEqualTo(code.status());
    assertThat(answer.body())
        .contains("\"Code\":\"" + code.wireName() + "\"")
        .doesNotContain("GetCallerIdentityResult");
    assertThat(emulator.requests().refused(code)).isEqualTo(1);
  }

  private Sent presigned(Duration offset) {
    URI signed =
        new SdkPresigner(emulator.endpoint(), "eu-west-1")
            .presign(checkout, "x-rolecall-audience", "orders", offset);
    assertThat(signed.getRawQuery()).contains("X-Amz-SignedHeaders=host%3Bx-rolecall-audience");
    return new Sent(signed.toString(), Map.of("x-rolecall-audience", "orders"));
  }

  private HttpResponse<String> send(Sent sent) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(sent.url())).header("Accept", "application/json");
    sent.headers().forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
