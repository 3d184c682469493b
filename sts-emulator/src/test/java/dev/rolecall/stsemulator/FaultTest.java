package dev.rolecall.stsemulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest extends EmulatorTest {

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(Fault.throttled(), 400, "Sender", "Throttling", "Rate exceeded"),
        Arguments.of(Fault.internalFailure(), 500, "Receiver", "InternalFailure", "processing"),
        Arguments.of(Fault.serviceUnavailable(), 503, "Receiver", "ServiceUnavailable", "failed"),
        Arguments.of(
            Fault.error(StsErrorCode.EXPIRED_TOKEN, "gone"),
            403,
            "Sender",
            "ExpiredToken",
            "gone"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void error_isAnsweredInTheFormatAskedFor(
      Fault fault, int status, String type, String code, String message) throws Exception {
    emulator.fail(fault);
    HttpResponse<String> xml = get(signer().presign());
    assertThat(xml.statusCode()).isEqualTo(status);
    assertThat(field(xml, "Code")).isEqualTo(code);
    assertThat(field(xml, "Type")).isEqualTo(type);
    assertThat(field(xml, "Message")).contains(message);
    HttpResponse<String> json = getJson(signer().presign());
    assertThat(json.statusCode()).isEqualTo(status);
    assertThat(json.body()).contains("\"Code\":\"" + code + "\"", message);
    assertThat(emulator.requests().faulted()).isEqualTo(2);
    assertThat(emulator.requests().of(StsAction.GET_CALLER_IDENTITY)).isEqualTo(2);
  }

  @Test
  void answer_isAnsweredAsGiven() throws Exception {
    emulator.fail(Fault.answer(200, "text/html", "<h1>\u1234</h1>"));
    HttpResponse<String> answer = get(signer().presign());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html");
    assertThat(answer.body()).contains("<h1>");
    emulator.fail(Fault.answer(204, "text/plain", ""));
    assertThat(get(signer().presign()).statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirect_namesTheLocation(int status) throws Exception {
    URI elsewhere = URI.create("http://elsewhere.invalid/");
    emulator.fail(Fault.redirect(status, elsewhere));
    HttpResponse<String> answer = get(signer().presign());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Location")).contains(elsewhere.toString());
  }

  @Test
  void contentType_isWrongOnTheTrueAnswer() throws Exception {
    emulator.fail(Fault.contentType("text/html"));
    HttpResponse<String> answer = get(signer().presign());
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html");
    assertThat(field(answer, "Arn")).isEqualTo(checkout.callerArn());
  }

  @Test
  void huge_isStillTheTrueAnswer() throws Exception {
    emulator.fail(Fault.huge(10 * 1024 * 1024));
    HttpResponse<String> answer = getJson(signer().presign());
    assertThat(answer.body()).hasSizeGreaterThan(10 * 1024 * 1024);
    assertThat(answer.body().strip()).startsWith("{").contains(checkout.callerArn()).endsWith("}");
  }

  @Test
  void delayed_holdsUpNobodyElse() throws Exception {
    emulator.failNext(1, Fault.delayed(Duration.ofHours(1)));
    CompletableFuture<HttpResponse<String>> late =
        sendAsync(HttpRequest.newBuilder(signer().presign()).build());
    assertThat(emulator.awaitRequests(1, PATIENCE)).isTrue();
    assertThat(get(signer().presign()).statusCode()).isEqualTo(200);
    assertThat(late).isNotDone();
    emulator.close();
    assertThat(late).failsWithin(PATIENCE);
  }

  @Test
  void delayed_isAnsweredInTheEnd() throws Exception {
    emulator.fail(Fault.delayed(Duration.ofMillis(20)));
    assertThat(field(get(signer().presign()), "Arn")).isEqualTo(checkout.callerArn());
    assertThat(emulator.requests().answered()).isEqualTo(1);
    assertThat(emulator.requests().faulted()).isZero();
  }

  @Test
  void dripping_isTheTrueAnswer() throws Exception {
    emulator.fail(Fault.dripping(7, Duration.ofMillis(1)));
    assertThat(field(get(signer().presign()), "Arn")).isEqualTo(checkout.callerArn());
    assertThat(emulator.requests().answered()).isEqualTo(1);
  }

  @Test
  void dripping_sendsThatManyBytesFirst() throws Exception {
    emulator.fail(Fault.dripping(7, Duration.ofHours(1)));
    try (Socket socket = open()) {
      InputStream in = socket.getInputStream();
      skipHeaders(in);
      assertThat(in.readNBytes(7)).isEqualTo("<GetCal".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void endless_doesNotEnd() throws Exception {
    emulator.fail(Fault.endless());
    try (Socket socket = open()) {
      InputStream in = socket.getInputStream();
      assertThat(skipHeaders(in)).contains("200 OK").containsIgnoringCase("chunked");
      assertThat(in.readNBytes(1024 * 1024)).hasSize(1024 * 1024);
    }
    assertThat(emulator.requests().faulted()).isEqualTo(1);
  }

  @Test
  void truncated_endsHalfway() throws Exception {
    emulator.fail(Fault.truncated());
    assertThatThrownBy(() -> get(signer().presign())).isInstanceOf(IOException.class);
    try (Socket socket = open()) {
      InputStream in = socket.getInputStream();
      assertThat(skipHeaders(in)).contains("200 OK");
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("<GetCallerIdentityResponse")
          .doesNotContain("</GetCallerIdentityResponse>");
    }
  }

  @Test
  void closed_isNoAnswer() throws Exception {
    emulator.fail(Fault.closed());
    try (Socket socket = open()) {
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
    assertThat(emulator.requests().faulted()).isEqualTo(1);
  }

  @Test
  void silent_isNoAnswerUntilClosed() throws Exception {
    emulator.failNext(1, Fault.silent());
    CompletableFuture<HttpResponse<String>> never =
        sendAsync(HttpRequest.newBuilder(signer().presign()).build());
    assertThat(emulator.awaitRequests(1, PATIENCE)).isTrue();
    assertThat(get(signer().presign()).statusCode()).isEqualTo(200);
    assertThat(never).isNotDone();
    emulator.close();
    assertThat(never).failsWithin(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void clockSkew_judgesByTheWrongTime() throws Exception {
    emulator.fail(Fault.clockSkew(Duration.ofMinutes(15)));
    assertThat(get(signer().presign()).statusCode()).isEqualTo(200);
    emulator.fail(Fault.clockSkew(Duration.ofSeconds(901)));
    assertThat(field(get(signer().presign()), "Message")).startsWith("Signature expired");
    emulator.fail(Fault.clockSkew(Duration.ofSeconds(-301)));
    assertThat(field(get(signer().presign()), "Message")).startsWith("Signature not yet current");
    assertThat(emulator.requests().faulted()).isZero();
    assertThat(emulator.requests().refused(StsErrorCode.SIGNATURE_DOES_NOT_MATCH)).isEqualTo(2);
  }

  @Test
  void failNext_isUsedUpInOrder_thenFail_untilCleared() throws Exception {
    emulator.fail(Fault.answer(299, "text/plain", ""));
    emulator.failNext(2, Fault.throttled());
    emulator.failNext(1, Fault.serviceUnavailable());
    URI uri = signer().presign();
    assertThat(Stream.of(400, 400, 503, 299, 299))
        .allSatisfy(status -> assertThat(get(uri).statusCode()).isEqualTo(status));
    emulator.failNext(5, Fault.throttled());
    emulator.clearFaults();
    assertThat(get(uri).statusCode()).isEqualTo(200);
  }

  static Stream<ThrowingCallable> mistakes() {
    return Stream.of(
        () -> Fault.answer(199, "text/plain", ""),
        () -> Fault.answer(600, "text/plain", ""),
        () -> Fault.redirect(300, URI.create("/")),
        () -> Fault.redirect(304, URI.create("/")),
        () -> Fault.redirect(309, URI.create("/")),
        () -> Fault.huge(0),
        () -> Fault.huge(268_435_457),
        () -> Fault.delayed(Duration.ofNanos(-1)),
        () -> Fault.delayed(Duration.ofHours(1).plusNanos(1)),
        () -> Fault.dripping(0, Duration.ZERO),
        () -> Fault.clockSkew(Duration.ofDays(366)),
        () -> Fault.clockSkew(Duration.ofDays(-366)));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void anotherRange_isToldTheRule(ThrowingCallable mistake) {
    assertThatThrownBy(mistake)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ");
  }

  /** Sends a presigned request and leaves the answer to be read byte by byte. */
  private Socket open() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), emulator.endpoint().getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    String request =
        "GET /?%s HTTP/1.1\r\nHost: %s\r\n\r\n"
            .formatted(signer().presign().getRawQuery(), emulator.endpoint().getAuthority());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String skipHeaders(InputStream in) throws IOException {
    StringBuilder headers = new StringBuilder();
    while (headers.indexOf("\r\n\r\n") < 0) {
      headers.append((char) in.readNBytes(1)[0]);
    }
    return headers.toString();
  }
}
