package dev.rolecall.verifier;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.verifier.internal.sts.FakeSts;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EKS tokens at the verifier: off by default, and no way around any step where they are on. */
@Tag("attack")
final class EksTokensTest {

  private static final String HOST = "sts.eu-west-1.amazonaws.com";
  private static final String URL =
      "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
          + "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
          + "&X-Amz-Credential=ASIAEXAMPLE000000001%2F20261121%2Feu-west-1%2Fsts%2Faws4_request"
          + "&X-Amz-Date=20261121T221845Z&X-Amz-Expires=60"
          + "&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
          + "&X-Amz-Security-Token=FwoGSECRET%2Btoken%3D%3D"
          + "&X-Amz-Signature="
          + "0123456789abcdef".repeat(4);

  private static String token(String url) {
    return "k8s-aws-v1."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(US_ASCII));
  }

  @Test
  void verify_eksTokenByDefault_isMalformedAndUnasked() {
    try (Bench bench = new Bench()) {
      assertThat(Bench.word(bench.verify(token(URL)))).isEqualTo("refused CREDENTIAL_MALFORMED");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_eksToken_isAskedAsItWasSignedForThisAudience() {
    try (Bench bench = Bench.of(StsVerifier::acceptEksTokens)) {
      bench.sts.then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(token(URL)))).isEqualTo("verified");
      assertThat(bench.sts.requests()).hasSize(1);
      assertThat(bench.sts.requests().get(0).headers())
          .hasSize(2)
          .containsEntry("x-k8s-aws-id", "orders")
          .containsEntry("accept", "application/json");
      String asked = bench.sts.requests().get(0).uri().toString();
      assertThat(asked.split("[?&]")).containsExactlyInAnyOrder(URL.split("[?&]"));
    }
  }

  @Test
  void verify_eksTokenOfAnotherRegion_isAskedInTheEndpointsOwn() {
    try (Bench bench = Bench.of(StsVerifier::acceptEksTokens)) {
      bench.sts.then(FakeSts.error(403, "SignatureDoesNotMatch"));
      String moved = token(URL.replace("%2Feu-west-1%2F", "%2Fxx-evil-9%2F"));
      assertThat(Bench.word(bench.verify(moved))).isEqualTo("refused ISSUER_REFUSED");
      assertThat(bench.sts.requests().get(0).uri().toString())
          .contains("%2Feu-west-1%2Fsts%2F")
          .doesNotContain("evil");
    }
  }

  @Test
  void verify_eksTokenRefusedBySts_isRefusedAndRemembered() {
    try (Bench bench = Bench.of(StsVerifier::acceptEksTokens)) {
      bench.sts.then(FakeSts.error(403, "SignatureDoesNotMatch"));
      assertThat(Bench.word(bench.verify(token(URL)))).isEqualTo("refused ISSUER_REFUSED");
      assertThat(Bench.word(bench.verify(token(URL)))).isEqualTo("refused ISSUER_REFUSED");
      assertThat(bench.sts.requests()).hasSize(1);
    }
  }

  @Test
  void verify_eksTokenAgain_asksOnce() {
    try (Bench bench = Bench.of(StsVerifier::acceptEksTokens)) {
      bench.sts.then(FakeSts.checkout());
      Verification first = bench.verify(token(URL));
      bench.time.setClock(Proofs.SIGNED_AT.plus(Duration.ofMinutes(14)));
      assertThat(bench.verify(token(URL))).isEqualTo(first);
      assertThat(bench.sts.requests()).hasSize(1);
    }
  }

  @ParameterizedTest(name = "limit {0}, after {1}: {2}")
  @CsvSource({
    "PT15M, PT61S,      verified",
    "PT15M, PT14M,      verified",
    "PT15M, PT15M,      verified",
    "PT15M, PT15M1S,    refused CREDENTIAL_EXPIRED",
    "PT5M,  PT5M,       verified",
    "PT5M,  PT5M1S,     refused CREDENTIAL_EXPIRED",
    "PT15M, -PT1M,      verified",
    "PT15M, -PT61S,     refused CREDENTIAL_NOT_YET_VALID"
  })
  void verify_eksTokenAtTheEdgeOfItsTime_livesForMaxProofAge(
      Duration limit, Duration after, String expected) {
    try (Bench bench = Bench.of(scheme -> scheme.acceptEksTokens().maxProofAge(limit))) {
      bench.sts.then(FakeSts.checkout());
      bench.time.setClock(Proofs.SIGNED_AT.plus(after));
      assertThat(Bench.word(bench.verify(token(URL)))).isEqualTo(expected);
      assertThat(bench.sts.requests()).hasSize(expected.equals("verified") ? 1 : 0);
    }
  }

  @Test
  void verify_eksTokenWhereAChannelIsRequired_isRefusedUnasked() {
    Connection tls = new Connection("198.51.100.1", Set.of(Proofs.OURS));
    try (Bench bench = Bench.of(scheme -> scheme.acceptEksTokens().requireChannelBinding())) {
      assertThat(Bench.word(bench.verify(token(URL), tls))).isEqualTo("refused BINDING_REQUIRED");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sts.amazonaws.com",
        "sts.eu-west-1.amazonaws.com.evil.com",
        "sts.s3.amazonaws.com",
        "sts.eu-west-1.amazonaws.com:443",
        "169.254.169.254"
      })
  void verify_eksTokenOfAHostOutsideTheTable_isRefusedUnasked(String host) {
    try (Bench bench = Bench.of(StsVerifier::acceptEksTokens)) {
      assertThat(Bench.word(bench.verify(token(URL.replace(HOST, host)))))
          .isEqualTo("refused ISSUER_NOT_ALLOWED");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_malformedEksToken_isRefusedUnasked() {
    try (Bench bench = Bench.of(StsVerifier::acceptEksTokens)) {
      String twice = token(URL + "&action=AssumeRole");
      assertThat(Bench.word(bench.verify(twice))).isEqualTo("refused CREDENTIAL_MALFORMED");
      assertThat(Bench.word(bench.verify("k8s-aws-v1."))).isEqualTo("refused CREDENTIAL_MALFORMED");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_rolecallProofWhereEksTokensAreAccepted_isVerifiedAsBefore() {
    try (Bench bench = Bench.of(StsVerifier::acceptEksTokens)) {
      bench.sts.then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("verified");
      assertThat(bench.sts.requests().get(0).headers())
          .containsEntry("x-rolecall-audience", "orders")
          .doesNotContainKey("x-k8s-aws-id");
    }
  }
}
