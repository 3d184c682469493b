package dev.rolecall.stsemulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureRefusalTest extends EmulatorTest {

  private URI tampered(String part, String other) {
    String presigned = signer().header("x-a", "1").presign().toString();
    assertThat(presigned).contains(part);
    return URI.create(presigned.replace(part, other));
  }

  @Test
  void unsigned_isMissingAuthenticationToken() throws Exception {
    assertRefused(
        URI.create(emulator.endpoint() + "/?Action=GetCallerIdentity&Version=2011-06-15"),
        StsErrorCode.MISSING_AUTHENTICATION_TOKEN,
        "Request is missing Authentication Token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders"})
  void withoutAPart_isIncompleteSignature(String part) throws Exception {
    assertRefused(
        tampered(part, "X-Other"),
        StsErrorCode.INCOMPLETE_SIGNATURE,
        "AWS query-string parameters must include '" + part + "'");
  }

  @Test
  void withoutSignature_isIncompleteSignature() throws Exception {
    assertRefused(
        URI.create(signer().presign().toString().replaceAll("&X-Amz-Signature=.*", "")),
        StsErrorCode.INCOMPLETE_SIGNATURE,
        "X-Amz-Signature");
  }

  @Test
  void unknownKey_isInvalidClientTokenId() throws Exception {
    assertRefused(
        tampered(checkout.accessKeyId(), "ASIAEXAMPLE0000000001"),
        StsErrorCode.INVALID_CLIENT_TOKEN_ID,
        "The security token included in the request is invalid.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "another-token"})
  void anotherSessionToken_isInvalidClientTokenId(String token) throws Exception {
    assertRefused(
        signer().sessionToken(token).presign(),
        StsErrorCode.INVALID_CLIENT_TOKEN_ID,
        "The security token included in the request is invalid.");
  }

  @Test
  void sessionTokenOfAnotherRole_isInvalidClientTokenId() throws Exception {
    EmulatedCredentials other = emulator.addRole("arn:aws:iam::111122223333:role/billing");
    assertRefused(
        signer().sessionToken(other.sessionToken().orElseThrow()).presign(),
        StsErrorCode.INVALID_CLIENT_TOKEN_ID,
        "invalid");
  }

  @Test
  void sessionTokenForAUser_isInvalidClientTokenId() throws Exception {
    EmulatedCredentials user =
        emulator.add(EmulatedPrincipal.of("arn:aws:iam::111122223333:user/alice"));
    assertRefused(
        signer(user).sessionToken("x").presign(), StsErrorCode.INVALID_CLIENT_TOKEN_ID, "invalid");
  }

  static Stream<Arguments> tamperings() {
    return Stream.of(
        Arguments.of("X-Amz-Expires=60", "X-Amz-Expires=61"),
        Arguments.of("X-Amz-Expires=60", "X-Amz-Expires=60&More=1"),
        Arguments.of("X-Amz-Expires=60&", ""),
        Arguments.of("host%3Bx-a", "host"),
        Arguments.of("X-Amz-Signature=", "X-Amz-Signature=0"),
        Arguments.of("T120000Z", "T120001Z"),
        Arguments.of("%2Feu-west-1%2F", "%2Feu-west-2%2F"));
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void tamperedQuery_doesNotMatch(String part, String other) throws Exception {
    URI uri = tampered(part, other);
    HttpRequest request = HttpRequest.newBuilder(uri).header("x-a", "1").build();
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(field(answer, "Code")).isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void signedHeader_changedOrRepeatedOrAbsent_doesNotMatch() throws Exception {
    URI presigned = signer().header("x-a", "1").presign();
    HttpRequest.Builder request = HttpRequest.newBuilder(presigned);
    assertThat(send(request.copy().header("x-a", "1").build()).statusCode()).isEqualTo(200);
    assertThat(send(request.copy().header("X-A", "  1 ").build()).statusCode()).isEqualTo(200);
    assertThat(send(request.copy().header("x-a", "2").build()).statusCode()).isEqualTo(403);
    assertThat(send(request.copy().header("x-a", "1").header("x-a", "1").build()).statusCode())
        .isEqualTo(403);
    assertThat(send(request.copy().build()).statusCode()).isEqualTo(403);
    assertThat(emulator.requests().refused(StsErrorCode.SIGNATURE_DOES_NOT_MATCH)).isEqualTo(3);
  }

  @Test
  void signedHeaderAbsent_evenIfSignedAsEmpty_doesNotMatch() throws Exception {
    assertRefused(
        signer().header("x-a", "").presign(),
        StsErrorCode.SIGNATURE_DOES_NOT_MATCH,
        "The signed header 'x-a' is not in the request.");
  }

  @Test
  void hostUnsigned_doesNotMatch() throws Exception {
    URI uri = signer().withoutHost().header("x-a", "1").presign();
    HttpResponse<String> answer = send(HttpRequest.newBuilder(uri).header("x-a", "1").build());
    assertThat(field(answer, "Code")).isEqualTo("SignatureDoesNotMatch");
    assertThat(field(answer, "Message")).startsWith("'Host' or ':authority' must be");
  }

  @Test
  void anotherHost_doesNotMatch() throws Exception {
    URI uri = signer().presign();
    URI byName = URI.create(uri.toString().replace("127.0.0.1", "localhost"));
    HttpResponse<String> answer = get(byName);
    assertThat(field(answer, "Code")).isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void wrongSignature_isToldTheCanonicalRequestAsAwsDoes() throws Exception {
    assertRefused(
        URI.create(signer().presign().toString().replaceAll("Signature=.*", "Signature=00")),
        StsErrorCode.SIGNATURE_DOES_NOT_MATCH,
        "The request signature we calculated does not match the signature you provided.");
    String message = field(get(URI.create(signer().presign() + "0")), "Message");
    assertThat(message)
        .contains(
            "The Canonical String for this request should have been\n'GET\n/\nAction=",
            "X-Amz-Security-Token=",
            "\nhost:" + emulator.endpoint().getAuthority() + "\n\nhost\ne3b0c442",
            "The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20260301T120000Z\n");
  }

  @ParameterizedTest
  @CsvSource({
    "20260301/nowhere/sts/aws4_request,valid region",
    "20260301/eu-west-1/s3/aws4_request,correct service",
    "20260301/eu-west-1/sts/aws5_request,valid terminator",
    "20260228/eu-west-1/sts/aws4_request,Date in Credential scope",
  })
  void anotherScope_doesNotMatch(String scope, String message) throws Exception {
    assertRefused(signer().scope(scope).presign(), StsErrorCode.SIGNATURE_DOES_NOT_MATCH, message);
  }

  @Test
  void anotherRegion_doesNotMatch() throws Exception {
    try (StsEmulator ireland = StsEmulator.builder().clock(clock).region("eu-west-1").start()) {
      EmulatedCredentials role = ireland.addRole(CHECKOUT);
      TestSigner signer = new TestSigner(ireland.endpoint(), role, clock.instant());
      assertThat(get(signer.presign()).statusCode()).isEqualTo(200);
      signer.scope("20260301/eu-west-2/sts/aws4_request");
      assertThat(field(get(signer.presign()), "Message")).contains("not 'eu-west-2'");
    }
  }

  @ParameterizedTest
  @CsvSource({"-900,200", "-901,403", "300,200", "301,403", "0,200", "-86400,403", "86400,403"})
  void signedAt_isJudgedToTheSecond(long offset, int status) throws Exception {
    Instant at = clock.instant().plusSeconds(offset);
    URI uri = new TestSigner(emulator.endpoint(), checkout, at).presign();
    clock.advance(Duration.ofMillis(999));
    assertThat(get(uri).statusCode()).isEqualTo(status);
  }

  @Test
  void signedTooLongAgo_isToldSo() throws Exception {
    assertRefused(
        new TestSigner(emulator.endpoint(), checkout, Instant.parse("2026-03-01T11:44:59Z"))
            .presign(),
        StsErrorCode.SIGNATURE_DOES_NOT_MATCH,
        "Signature expired: 20260301T114459Z is now earlier than 20260301T114500Z"
            + " (20260301T120000Z - 15 min.)");
  }

  @Test
  void signedInTheFuture_isToldSo() throws Exception {
    assertRefused(
        new TestSigner(emulator.endpoint(), checkout, Instant.parse("2026-03-01T12:05:01Z"))
            .presign(),
        StsErrorCode.SIGNATURE_DOES_NOT_MATCH,
        "Signature not yet current: 20260301T120501Z is still later than 20260301T120500Z"
            + " (20260301T120000Z + 5 min.)");
  }

  @Test
  void sessionEnded_isExpiredToken() throws Exception {
    EmulatedCredentials brief =
        emulator.add(
            EmulatedPrincipal.builder(CHECKOUT).expiresAt(clock.instant().plusSeconds(60)).build());
    URI uri = signer(brief).presign();
    clock.advance(Duration.ofMillis(59_999));
    assertThat(get(uri).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMillis(1));
    HttpResponse<String> answer = get(uri);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(field(answer, "Code")).isEqualTo("ExpiredToken");
    assertThat(field(answer, "Message"))
        .isEqualTo("The security token included in the request is expired");
  }

  @Test
  void tamperedBody_doesNotMatch() throws Exception {
    HttpRequest signed = signer().signedPost();
    HttpRequest.Builder tampered =
        HttpRequest.newBuilder(signed.uri())
            .POST(BodyPublishers.ofString("Action=GetCallerIdentity&Version=2011-06-15&More=1"));
    signed.headers().map().forEach((name, values) -> tampered.header(name, values.get(0)));
    assertThat(field(send(tampered.build()), "Code")).isEqualTo("SignatureDoesNotMatch");
  }
}
