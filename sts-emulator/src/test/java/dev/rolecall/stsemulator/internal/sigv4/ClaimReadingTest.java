package dev.rolecall.stsemulator.internal.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.internal.sigv4.SignatureClaim.Form;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimReadingTest {

  private static final String CREDENTIAL = "ASIA/20260101/eu-west-1/sts/aws4_request";
  private static final String QUERY =
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIA%2F20260101%2Feu-west-1%2Fsts%2F"
          + "aws4_request&X-Amz-Date=20260101T000000Z&X-Amz-SignedHeaders=host%3Bx-a"
          + "&X-Amz-Signature=abc&X-Amz-Security-Token=t%2B";
  private static final String HEADER =
      "AWS4-HMAC-SHA256 Credential=" + CREDENTIAL + ", SignedHeaders=host;x-a, Signature=abc";

  @Test
  void of_noSignature_isUnsigned() {
    assertThat(read("Action=GetCallerIdentity")).isEqualTo("unsigned");
  }

  @Test
  void of_query_isRead() {
    SignatureClaim claim = claimed(request(QUERY));
    assertThat(claim.form()).isEqualTo(Form.QUERY);
    assertThat(claim.accessKeyId()).isEqualTo("ASIA");
    assertThat(claim.scope())
        .isEqualTo(new CredentialScope("20260101", "eu-west-1", "sts", "aws4_request"));
    assertThat(claim.signedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(claim.signedHeaders()).containsExactly("host", "x-a");
    assertThat(claim.sessionToken()).contains("t+");
    assertThat(claim.carries("abc")).isTrue();
    assertThat(claim.carries("abd")).isFalse();
  }

  @Test
  void of_header_isRead() {
    SignatureClaim claim =
        claimed(
            request(
                "",
                new NamedValue("Authorization", HEADER),
                new NamedValue("X-Amz-Date", "20260101T000000Z"),
                new NamedValue("X-Amz-Security-Token", "t+")));
    assertThat(claim.form()).isEqualTo(Form.HEADER);
    assertThat(claim.accessKeyId()).isEqualTo("ASIA");
    assertThat(claim.signedHeaders()).containsExactly("host", "x-a");
    assertThat(claim.sessionToken()).contains("t+");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Amz-Algorithm=AWS4-HMAC-SHA256|X-Amz-Algorithm=AWS4-HMAC-SHA1|Unsupported AWS",
        "X-Amz-Algorithm=AWS4-HMAC-SHA256|X-Amz-Algorithm=|'X-Amz-Algorithm'",
        "X-Amz-Algorithm=AWS4-HMAC-SHA256|x-amz-algorithm=AWS4-HMAC-SHA256|'X-Amz-Algorithm'",
        "X-Amz-Credential|X-Amz-Other|'X-Amz-Credential'",
        "ASIA%2F|ASIA|exactly 5",
        "aws4_request|aws4_request%2F|exactly 5",
        "X-Amz-Date|Date|'X-Amz-Date'",
        "20260101T000000Z|20260101T000000|ISO-8601",
        "20260101T000000Z|20260230T000000Z|ISO-8601",
        "20260101T000000Z|20260101T000060Z|ISO-8601",
        "20260101T000000Z|20260101T240000Z|ISO-8601",
        "20260101T000000Z|+20260101T000000Z|ISO-8601",
        "X-Amz-SignedHeaders=host%3Bx-a|a=b|'X-Amz-SignedHeaders'",
        "host%3Bx-a|x-a%3Bhost|sorted",
        "host%3Bx-a|host%3Bhost|sorted",
        "host%3Bx-a|Host%3Bx-a|lower-case",
        "host%3Bx-a|host%3B|lower-case",
        "X-Amz-Signature=abc|X-Amz-Signature=|'X-Amz-Signature'",
        "X-Amz-Signature=abc|x-amz-signature=abc|'X-Amz-Signature'",
        "X-Amz-Signature=abc|X-Amz-Signature=abc&X-Amz-Signature=abc|repeated",
        "X-Amz-Security-Token|X-Amz-Security-Token=u&X-Amz-Security-Token|repeated",
      })
  void of_brokenQuery_isIncomplete(String part, String broken, String reason) {
    assertThat(QUERY).contains(part);
    assertThat(read(QUERY.replace(part, broken))).contains(reason).doesNotContain("abc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS4-HMAC-SHA256|AWS4-HMAC-SHA512|Unsupported AWS",
        "AWS4-HMAC-SHA256 |Bearer |Unsupported AWS",
        "Credential=|Cred=|'Credential'",
        "SignedHeaders=host;x-a|SignedHeaders=|'SignedHeaders'",
        "SignedHeaders=host;x-a|SignedHeaders=x-a;host|sorted",
        "Signature=abc|Signature=|'Signature'",
        "Signature=abc|Signature=abc, Signature=abc|repeated",
        "Signature=abc|Signature=abc,|name=value",
      })
  void of_brokenHeader_isIncomplete(String part, String broken, String reason) {
    assertThat(HEADER).contains(part);
    RawRequest request =
        request(
            "",
            new NamedValue("Authorization", HEADER.replace(part, broken)),
            new NamedValue("X-Amz-Date", "20260101T000000Z"));
    assertThat(word(request)).contains(reason).doesNotContain("abc");
  }

  @Test
  void of_headerWithoutDate_isIncomplete() {
    assertThat(word(request("", new NamedValue("Authorization", HEADER)))).contains("X-Amz-Date");
  }

  @Test
  void of_repeatedAuthorization_isIncomplete() {
    NamedValue header = new NamedValue("Authorization", HEADER);
    assertThat(word(request("", header, header))).contains("must not be repeated");
  }

  @Test
  void of_bothForms_isIncomplete() {
    assertThat(word(request(QUERY, new NamedValue("Authorization", HEADER)))).contains("Only one");
  }

  @Test
  void toString_masksSignatureAndToken() {
    RawRequest request = request(QUERY);
    assertThat(claimed(request).toString()).contains("ASIA", "****").doesNotContain("abc", "t+");
    assertThat(request.toString()).isEqualTo("RawRequest[GET, ****]");
    assertThat(request.query().toString()).doesNotContain("abc", "t%2B");
    ExpectedSignature expected =
        ExpectedSignature.of(request, claimed(request), SigningRules.USUAL);
    assertThat(expected.toString()).isEqualTo("ExpectedSignature[****]");
  }

  private static String read(String query) {
    return word(request(query));
  }

  private static String word(RawRequest request) {
    return ClaimReading.of(request)
        .fold(claimed -> "claimed", incomplete -> incomplete.reason(), unsigned -> "unsigned");
  }

  private static SignatureClaim claimed(RawRequest request) {
    return ((ClaimReading.Claimed) ClaimReading.of(request)).claim();
  }

  private static RawRequest request(String query, NamedValue... headers) {
    return new RawRequest("GET", "/", query, List.of(headers), new byte[0]);
  }
}
