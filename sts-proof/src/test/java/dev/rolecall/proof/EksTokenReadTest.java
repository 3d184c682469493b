package dev.rolecall.proof;

import static dev.rolecall.proof.EksTokens.SIGNATURE;
import static dev.rolecall.proof.EksTokens.URL;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Audience;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of EKS tokens: one shape of URL, and everything that comes near it. */
@Tag("attack")
final class EksTokenReadTest {

  private static final Audience ORDERS = Audience.of("orders");
  private static final String SCOPE = "%2F20261121%2Feu-west-1%2Fsts%2Faws4_request";

  @Test
  void read_tokenOfTheAwsCli_hasItsFields() {
    CallerProof proof = wellFormed(EksTokens.of(URL));

    assertThat(proof.text()).isEqualTo(EksTokens.of(URL));
    assertThat(proof.host()).hasToString("sts.eu-west-1.amazonaws.com");
    assertThat(proof.accessKeyId()).isEqualTo("ASIAEXAMPLE000000001");
    assertThat(proof.amzDate()).isEqualTo("20261121T221845Z");
    assertThat(proof.signedAt()).isEqualTo(Instant.parse("2026-11-21T22:18:45Z"));
    assertThat(proof.expires()).isEqualTo(Duration.ofSeconds(60));
    assertThat(proof.signature()).isEqualTo(SIGNATURE);
    assertThat(proof.sessionToken()).isEqualTo("FwoG+ZXIv/YXdz==");
  }

  @Test
  void read_anyToken_isForTheReadersAudienceAndLivesAsLongAsStsLets() {
    CallerProof proof = wellFormed(EksTokens.of(URL));

    assertThat(proof.audience()).isEqualTo(ORDERS);
    assertThat(proof.binding()).isEqualTo(ProofBinding.ClusterName.INSTANCE);
    assertThat(proof.life()).isEqualTo(Duration.ofMinutes(15));
    assertThat(proof.binding().signedHeaders(ORDERS))
        .hasSize(1)
        .containsEntry("x-k8s-aws-id", "orders");
  }

  @Test
  void read_parametersInAnyOrder_isWellFormed() {
    String start = URL.substring(0, URL.indexOf('?') + 1);
    List<String> parameters =
        new ArrayList<>(Arrays.asList(URL.substring(start.length()).split("&")));
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(parameters, random);
      CallerProof proof = wellFormed(EksTokens.of(start + String.join("&", parameters)));
      assertThat(proof.signature()).isEqualTo(SIGNATURE);
      assertThat(proof.sessionToken()).isEqualTo("FwoG+ZXIv/YXdz==");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.rolecall.proof.EksTokens#spellings")
  void read_spellingOfAKnownClient_isWellFormed(String url) {
    CallerProof proof = wellFormed(EksTokens.of(url));

    assertThat(proof.signature()).isEqualTo(SIGNATURE);
    assertThat(proof.sessionToken()).isEqualTo("FwoG+ZXIv/YXdz==");
  }

  /** The client for Java before its change 4779 of May 2026. EKS refuses them too. */
  @Test
  void read_urlEscapedAsAWhole_isMalformed() {
    String escaped = URL.replace("%", "%25").replaceAll("[:?&=]", "%26");

    assertMalformed(EksTokens.of(escaped));
  }

  /** Scripts that leave base64's padding where it is. EKS refuses them too. */
  @Test
  void read_rightPadding_isMalformed() {
    for (String more : List.of("", "A", "AA")) {
      String url = URL.replace("ASIAEXAMPLE", "ASIAEXAMPLE" + more);
      String padded = Base64.getUrlEncoder().encodeToString(url.getBytes(US_ASCII));
      wellFormed(EksTokens.of(url));
      if (padded.endsWith("=")) {
        assertMalformed("k8s-aws-v1." + padded);
      }
    }
  }

  @Test
  void read_withoutSessionToken_hasAnEmptyOne() {
    String token = EksTokens.with("&X-Amz-Security-Token=FwoG%2BZXIv%2FYXdz%3D%3D", "");

    assertThat(wellFormed(token).sessionToken()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:4566/",
        "http://127.0.0.1/",
        "http://127.10.100.255/",
        "http://localhost:4566/",
        "http://localhost/"
      })
  void read_plainHttpOnLoopback_isWellFormed(String start) {
    wellFormed(EksTokens.with("https://sts.eu-west-1.amazonaws.com/", start));
  }

  @ParameterizedTest
  @CsvSource({"1", "60", "900"})
  void read_expiresWithinItsBounds_isKeptAsSigned(int seconds) {
    assertThat(wellFormed(EksTokens.with("Expires=60", "Expires=" + seconds)).expires())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sts.eu-west-1.amazonaws.com?",
        "https://sts.eu-west-1.amazonaws.com//?",
        "https://sts.eu-west-1.amazonaws.com/x?",
        "https://sts.eu-west-1.amazonaws.com/?&",
        "https://sts.eu-west-1.amazonaws.com/??",
        "https://sts.eu-west-1.amazonaws.com/#/?",
        "https://sts.eu-west-1.amazonaws.com#@evil.com/?",
        "https://sts.eu-west-1.amazonaws.com%23.evil.com/?",
        "https://sts.eu-west-1.amazonaws.com%2Fevil.com/?",
        "https://sts.eu-west-1.amazonaws.com\\@evil.com/?",
        "https://sts.eu-west-1.amazonaws.com /?",
        "https://sts.eu-west-1.amazonaws.com./?",
        "https://sts.eu-west-1.amazonaws.com:/?",
        "https://sts.eu-west-1.amazonaws.com:0443/?",
        "https://sts.eu-west-1.amazonaws.com:443:443/?",
        "https://user@sts.eu-west-1.amazonaws.com/?",
        "https://user:word@sts.eu-west-1.amazonaws.com/?",
        "https://evil.com/@sts.eu-west-1.amazonaws.com/?",
        "https://evil.com/?@sts.eu-west-1.amazonaws.com/?",
        "https://STS.eu-west-1.amazonaws.com/?",
        "https://\u00ffts.eu-west-1.amazonaws.com/?",
        "https://[::1]/?",
        "https:///?",
        "https:/sts.eu-west-1.amazonaws.com/?",
        "HTTPS://sts.eu-west-1.amazonaws.com/?",
        "http://sts.eu-west-1.amazonaws.com/?",
        "http://localhost.evil.com/?",
        "http://127.evil.com/?",
        "http://127.0.0.1.evil.com/?",
        "http://127.0.0.256/?",
        "http://127.0.0.01/?",
        "http://127.00.0.1/?",
        "http://127.0.0.1000/?",
        "http://127.0.0./?",
        "http://:80/?",
        "http://127.1/?",
        "http://169.254.169.254/?",
        "ftp://sts.eu-west-1.amazonaws.com/?",
        "xttp://127.0.0.1/?",
        "HTTP://localhost/?",
        "//sts.eu-west-1.amazonaws.com/?",
        " https://sts.eu-west-1.amazonaws.com/?",
        "GET https://sts.eu-west-1.amazonaws.com/?"
      })
  void read_hostOrPathOfAnotherForm_isMalformed(String start) {
    assertMalformed(EksTokens.with("https://sts.eu-west-1.amazonaws.com/?", start));
  }

  @ParameterizedTest
  @CsvSource({
    "Action=, action=",
    "Action=, ACTION=",
    "Action=, %41ction=",
    "Action=GetCallerIdentity, Action=AssumeRole",
    "Action=GetCallerIdentity, Action=getCallerIdentity",
    "Action=GetCallerIdentity, Action=GetCallerIdentit%79",
    "Action=GetCallerIdentity, Action",
    "Action=GetCallerIdentity, Action=",
    "Action=GetCallerIdentity, =GetCallerIdentity",
    "Action=GetCallerIdentity&, ''",
    "Version=2011-06-15, Version=2011-06-16",
    "Version=2011-06-15, Version=2011%2D06%2D15",
    "Version=2011-06-15&, ''",
    "AWS4-HMAC-SHA256, AWS4-ECDSA-P256-SHA256",
    "X-Amz-Algorithm, x-amz-algorithm",
    "X-Amz-Date=, x-amz-date=",
    "X-Amz-Signature=, x-amz-signature=",
    "X-Amz-SignedHeaders=, x-amz-signedheaders=",
    "X-Amz-Credential=, x-amz-credential=",
    "X-Amz-Expires=60&, ''",
    "X-Amz-Date=20261121T221845Z&, ''",
    "X-Amz-SignedHeaders=host%3Bx-k8s-aws-id&, ''",
    "Security-Token=FwoG%2BZXIv%2FYXdz%3D%3D, Security-Token="
  })
  void read_parameterOfAnotherNameOrValue_isMalformed(String part, String replacement) {
    assertMalformed(EksTokens.with(part, replacement));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Action=GetCallerIdentity",
        "Action=AssumeRole",
        "action=AssumeRole",
        "ACTION=AssumeRole",
        "Version=2011-06-15",
        "X-Amz-Credential=ASIAEXAMPLE000000002" + SCOPE,
        "X-Amz-Credential=ASIAEXAMPLE000000001" + SCOPE,
        "x-amz-credential=ASIAEXAMPLE000000002" + SCOPE,
        "X-Amz-SignedHeaders=host",
        "x-amz-signedheaders=host",
        "X-Amz-Content-Sha256=UNSIGNED-PAYLOAD",
        "x-k8s-aws-id=orders",
        "RoleArn=arn",
        "x",
        "=",
        ""
      })
  void read_oneParameterMore_isMalformed(String more) {
    assertMalformed(EksTokens.with("/?", "/?" + more + "&"));
    assertMalformed(EksTokens.of(URL + "&" + more));
    // In place of the one that may be absent, so that the number is right.
    assertMalformed(EksTokens.with("X-Amz-Security-Token=FwoG%2BZXIv%2FYXdz%3D%3D", more));
  }

  @Test
  void read_twoSessionTokens_isMalformed() {
    assertMalformed(EksTokens.with("/?", "/?X-Amz-Security-Token=FwoG&"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host",
        "x-k8s-aws-id",
        "host%3bx-k8s-aws-id",
        "host;x-k8s-aws-id",
        "x-k8s-aws-id%3Bhost",
        "host%3BX-K8s-Aws-Id",
        "host%3Bx-k8s-aws-id%3B",
        "host%3Bhost%3Bx-k8s-aws-id",
        "accept%3Bhost%3Bx-k8s-aws-id",
        "host%3Bx-k8s-aws-id%3Bx-rolecall-audience",
        "host%3Bx-rolecall-audience",
        "host%253Bx-k8s-aws-id",
        "%68ost%3Bx-k8s-aws-id",
        "host%3Bx-k8s-aws-id%00",
        "host%0D%0A%3Bx-k8s-aws-id"
      })
  void read_otherSignedHeaders_isMalformed(String headers) {
    assertMalformed(EksTokens.with("host%3Bx-k8s-aws-id", headers));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ASIAEXAMPLE000000001",
        "%2F20261121%2Feu-west-1%2Fsts%2Faws4_request",
        "asiaexample000000001" + SCOPE,
        "ASIAEXAMPLE000000001%2F" + SCOPE,
        "ASIAEXAMPLE000000001" + SCOPE + "%2F",
        "ASIAEXAMPLE000000001%2F20261120%2Feu-west-1%2Fsts%2Faws4_request",
        "ASIAEXAMPLE000000001%2F2026112%2Feu-west-1%2Fsts%2Faws4_request",
        "ASIAEXAMPLE000000001%2F%2Feu-west-1%2Fsts%2Faws4_request",
        "ASIAEXAMPLE000000001%2F20261121%2F%2Fsts%2Faws4_request",
        "ASIAEXAMPLE000000001%2F20261121%2Fevil.com%3F%2Fsts%2Faws4_request",
        "ASIAEXAMPLE000000001%2F20261121%2Fx.evil.com%2Fsts%2Faws4_request",
        "ASIAEXAMPLE000000001%2F20261121%2FEU-WEST-1%2Fsts%2Faws4_request",
        "ASIAEXAMPLE000000001%2F20261121%2Feu-west-1%2Fs3%2Faws4_request",
        "ASIAEXAMPLE000000001%2F20261121%2Feu-west-1%2Fsts%2Faws5_request",
        "ASIAEXAMPLE000000001%2f20261121%2feu-west-1%2fsts%2faws4_request",
        "ASIAEXAMPLE000000001/20261121/eu-west-1/sts/aws4_request",
        "ASIAEXAMPLE00000000%31" + SCOPE
      })
  void read_otherCredentialScope_isMalformed(String credential) {
    assertMalformed(EksTokens.with("ASIAEXAMPLE000000001" + SCOPE, credential));
  }

  @ParameterizedTest
  @CsvSource({
    "Expires=60, Expires=0",
    "Expires=60, Expires=901",
    "Expires=60, Expires=060",
    "Expires=60, Expires=%2B60",
    "Expires=60, Expires=6e1",
    "Expires=60, Expires=%36%30",
    "20261121T221845Z, 20261121T221860Z",
    "20261121T221845Z, 20261121T221845",
    "20261121, 20260230",
    "FwoG%2B, FwoG+",
    "FwoG%2B, FwoG%2b",
    "FwoG%2B, FwoG%20",
    "FwoG%2B, FwoG%252B",
    "FwoG%2B, %46woG",
    "FwoG%2B, FwoG%2",
    "FwoG%2B, FwoG%",
    "FwoG%2B, FwoG%u002B",
    "FwoG%2BZXIv, FwoG%3DZXIv",
    "0123456789abcdef, 0123456789ABCDEF",
    "0123456789abcdef, 123456789abcdef",
    "0123456789abcdef, 0123456789abcde%66"
  })
  void read_fieldOutsideItsRule_isMalformed(String part, String replacement) {
    assertMalformed(EksTokens.with(part, replacement));
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "#x", "%23", " ", "\n", "\u0000", "&", "&&", ";a=b", "\u00e9", "="})
  void read_textAfterTheUrl_isMalformed(String more) {
    assertMalformed(EksTokens.of(URL + more));
  }

  static Stream<String> otherTexts() {
    String good = EksTokens.of(URL);
    return Stream.of(
        "",
        "k8s-aws-v1",
        "k8s-aws-v1.",
        "k8s-aws-v2" + good.substring("k8s-aws-v1".length()),
        "K8S-AWS-V1" + good.substring("k8s-aws-v1".length()),
        "Bearer " + good,
        good + "=",
        good + "==",
        good + "\n",
        good + ".",
        good + "~",
        good + "A",
        good + good,
        good.replaceFirst("\\.", ".."),
        "k8s-aws-v1." + URL,
        good + "A".repeat(CallerProof.MAX_EKS_TOKEN_LENGTH),
        "k8s-aws-v1." + "A".repeat(CallerProof.MAX_EKS_TOKEN_LENGTH - 11),
        "k8s-aws-v1." + "A".repeat(CallerProof.MAX_EKS_TOKEN_LENGTH - 10));
  }

  @ParameterizedTest
  @MethodSource("otherTexts")
  void read_otherText_isMalformed(String text) {
    assertMalformed(text);
  }

  @Test
  void read_strayLastBits_isMalformed() {
    // One key-id character more shifts the URL's length, so that every remainder of three is met.
    for (String key : List.of("ASIAEXAMPLE0000000012", "ASIAEXAMPLE00000000123")) {
      String good = EksTokens.with("ASIAEXAMPLE000000001", key);
      if (good.substring(11).length() % 4 == 0) {
        continue;
      }
      wellFormed(good);
      char last = good.charAt(good.length() - 1);
      assertMalformed(good.substring(0, good.length() - 1) + (char) (last + 1));
    }
  }

  @Test
  void read_standardBase64Alphabet_isMalformed() {
    String text = EksTokens.of(URL.replace("/?", "/?~~~"));
    assertThat(text).containsAnyOf("-", "_");
    assertMalformed(text.replace('-', '+').replace('_', '/'));
  }

  @Test
  void read_everyPrefix_isMalformed() {
    String good = EksTokens.of(URL);
    IntStream.range(0, good.length()).forEach(end -> assertMalformed(good.substring(0, end)));
  }

  @Test
  void read_sessionTokenOfEscapesAlone_isReadWithoutDeepRecursion() {
    String longest = EksTokens.with("FwoG%2BZXIv%2FYXdz%3D%3D", "%2B".repeat(1_700));
    assertThat(longest.length()).isBetween(7_300, CallerProof.MAX_EKS_TOKEN_LENGTH);
    assertThat(wellFormed(longest).sessionToken()).hasSize(1_700);
  }

  @Test
  void read_byTheReaderOfRolecallProofs_isMalformed() {
    ProofReading reading = CallerProof.read(EksTokens.of(URL));
    assertThat(reading).isInstanceOf(ProofReading.Malformed.class);
  }

  @Test
  void clusterName_inARolecallProof_cannotBeWritten() {
    assertThat(ProofBinding.parse(ProofBinding.ClusterName.INSTANCE.text())).isEmpty();
  }

  private static CallerProof wellFormed(String token) {
    return CallerProof.readEksToken(token, ORDERS)
        .fold(
            proof -> proof,
            malformed -> {
              throw new AssertionError(malformed.rule());
            });
  }

  /** Refused, in words that hold nothing of the text. */
  private static void assertMalformed(String token) {
    String rule =
        CallerProof.readEksToken(token, ORDERS).fold(proof -> "well-formed", m -> m.rule());
    assertThat(rule).isNotEqualTo("well-formed").doesNotContain("EXAMPLE", "FwoG", "0123456789");
  }
}
