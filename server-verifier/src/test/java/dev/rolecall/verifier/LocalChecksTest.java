package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Partition;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.verifier.internal.sts.FakeSts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts without asking STS. */
@Tag("attack")
final class LocalChecksTest {

  private static final Connection OUR_CONNECTION =
      new Connection("198.51.100.1", Set.of(Proofs.OURS));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rolecall-v1",
        "rolecall-v2~sts.eu-west-1.amazonaws.com~A~B~C~D~E~F~G",
        "Bearer rolecall-v1~x",
        "rolecall-v1~~~~~~~~"
      })
  void verify_malformedText_isRefusedUnasked(String text) {
    try (Bench bench = new Bench()) {
      assertThat(Bench.word(bench.verify(text))).isEqualTo("refused CREDENTIAL_MALFORMED");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_tokenCutInTheMiddle_isRefusedUnasked() {
    try (Bench bench = new Bench()) {
      String cut = Proofs.text().substring(0, 120);
      assertThat(Bench.word(bench.verify(cut))).isEqualTo("refused CREDENTIAL_MALFORMED");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sts.amazonaws.com",
        "sts.eu-west-1.amazonaws.com.evil.com",
        "sts.eu-west-1.amazonaws.com.cn",
        "stseu-west-1.amazonaws.com",
        "sts.eu-west-1amazonaws.com",
        "sts.evil.eu-west-1.amazonaws.com",
        "sts.s3.amazonaws.com",
        "sts.xx-west-1.amazonaws.com",
        "sts.cn-north-1.amazonaws.com.cn",
        "sts.amazonaws.com.cn",
        "sts.us-gov-west-1.amazonaws.com",
        "sts.eu-west-1.amazonaws.com:443",
        "sts.eu-west-1.amazonaws.com:8443",
        "fips-sts.eu-west-1.amazonaws.com",
        "sts.fips.eu-west-1.amazonaws.com",
        "sts.dualstack.eu-west-1.amazonaws.com",
        "vpce-1-2.sts.eu-west-1.vpce.amazonaws.com",
        "sts.aws-global.amazonaws.com",
        "169.254.169.254",
        "127.0.0.1",
        "localhost:4566",
        // Other spellings of 169.254.169.254, and names that lead there.
        "2852039166",
        "0xa9fea9fe",
        "0xa9.0xfe.0xa9.0xfe",
        "0251.0376.0251.0376",
        "169.254.43518",
        "169.16689662",
        "169.254.169.254.nip.io",
        "instance-data",
        "metadata.google.internal",
        "0",
        "0.0.0.0",
        // FIPS and dual-stack names that nobody has.
        "sts.eu-west-1.api.amazonaws.com",
        "sts.eu-west-1.api.aws.com",
        "sts.eu-west-1.aws",
        "sts-fips.amazonaws.com",
        "sts-fips-eu-west-1.amazonaws.com",
        "sts.eu-west-1-fips.amazonaws.com",
        "sts.cn-north-1.amazonaws.com",
        "sts.eu-west-1.amazonaws.eu",
        "sts.eu-west-1.amazonaws.com-evil.com",
        "evil.com.sts.eu-west-1.amazonaws.com",
        "xsts.eu-west-1.amazonaws.com"
      })
  void verify_hostOutsideTheTable_isRefusedUnasked(String host) {
    try (Bench bench = new Bench()) {
      assertThat(Bench.word(bench.verify(Proofs.forHost(host))))
          .isEqualTo("refused ISSUER_NOT_ALLOWED");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_globalEndpointWhereAccepted_isAskedInUsEast1() {
    try (Bench bench = Bench.of(StsVerifier::acceptGlobalEndpoint)) {
      bench.sts.then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.forHost("sts.amazonaws.com"))))
          .isEqualTo("verified");
      assertThat(bench.sts.requests().get(0).uri().toString())
          .startsWith("https://sts.amazonaws.com/?")
          .contains("%2F20261121%2Fus-east-1%2Fsts%2Faws4_request");
    }
  }

  @Test
  void verify_customEndpoint_isAskedAtItsUrl() {
    try (Bench bench =
        Bench.of(
            scheme ->
                scheme
                    .acceptPartitions(Set.of())
                    .acceptCustomEndpoint(
                        URI.create("http://127.0.0.1:4566"), "us-east-1", Partition.AWS))) {
      bench.sts.then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.forHost("127.0.0.1:4566")))).isEqualTo("verified");
      assertThat(bench.sts.requests().get(0).uri().toString())
          .startsWith("http://127.0.0.1:4566/?");
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("refused ISSUER_NOT_ALLOWED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"billing", "orders.x", "order", "orders-staging"})
  void verify_anotherAudience_isRefusedUnasked(String audience) {
    try (Bench bench = new Bench()) {
      assertThat(Bench.word(bench.verify(Proofs.forAudience(audience))))
          .isEqualTo("refused AUDIENCE_MISMATCH");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_keyProof_isRefusedWhateverIsRequired() {
    String proof = Proofs.text(new ProofBinding.Key(Proofs.OURS));
    try (Bench bench = new Bench()) {
      assertThat(Bench.word(bench.verify(proof, OUR_CONNECTION)))
          .isEqualTo("refused BINDING_REQUIRED");
    }
    try (Bench bench = Bench.of(StsVerifier::requireChannelBinding)) {
      assertThat(Bench.word(bench.verify(proof, OUR_CONNECTION)))
          .isEqualTo("refused BINDING_REQUIRED");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_keyProofOnAConnectionThatProvedTheKey_isAskedAboutAndSaysSo() {
    try (Bench bench = Bench.of(StsVerifier::requireChannelBinding)) {
      var verdict =
          bench.beginAttested(Proofs.text(new ProofBinding.Key(Proofs.OURS)), Proofs.OURS);
      bench.sts.answer(0, FakeSts.checkout());

      assertThat(Bench.done(verdict))
          .isInstanceOfSatisfying(
              Verification.Verified.class,
              verified ->
                  assertThat(verified.caller().evidence().carrier())
                      .isEqualTo(Evidence.Carrier.PEER_CERTIFICATE));
    }
  }

  static Stream<ProofBinding> notThatKey() {
    return Stream.of(
        new ProofBinding.Key(Proofs.ANOTHER),
        new ProofBinding.Channel(Proofs.OURS),
        ProofBinding.bearer());
  }

  @ParameterizedTest
  @MethodSource("notThatKey")
  void verify_anyOtherProofFromACertificate_isRefusedUnasked(ProofBinding binding) {
    try (Bench bench = new Bench()) {
      assertThat(Bench.word(Bench.done(bench.beginAttested(Proofs.text(binding), Proofs.OURS))))
          .isEqualTo("refused KEY_MISMATCH");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_keyProofVerifiedFromACertificate_isStillRefusedWithACall() {
    String proof = Proofs.text(new ProofBinding.Key(Proofs.OURS));
    try (Bench bench = new Bench()) {
      var verdict = bench.beginAttested(proof, Proofs.OURS);
      bench.sts.answer(0, FakeSts.checkout());
      assertThat(Bench.word(Bench.done(verdict))).isEqualTo("verified");

      assertThat(Bench.word(bench.verify(proof, OUR_CONNECTION)))
          .isEqualTo("refused BINDING_REQUIRED");
    }
  }

  @Test
  void verify_bearerWhereAChannelIsRequired_isRefusedUnasked() {
    try (Bench bench = Bench.of(StsVerifier::requireChannelBinding)) {
      assertThat(Bench.word(bench.verify(Proofs.text(), OUR_CONNECTION)))
          .isEqualTo("refused BINDING_REQUIRED");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_channelOfAnotherCertificate_isRefusedUnasked() {
    try (Bench bench = new Bench()) {
      String proof = Proofs.text(new ProofBinding.Channel(Proofs.ANOTHER));
      assertThat(Bench.word(bench.verify(proof, OUR_CONNECTION)))
          .isEqualTo("refused CHANNEL_MISMATCH");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_channelOnPlaintext_isRefusedUnasked() {
    try (Bench bench = new Bench()) {
      String proof = Proofs.text(new ProofBinding.Channel(Proofs.OURS));
      assertThat(Bench.word(bench.verify(proof))).isEqualTo("refused CHANNEL_MISMATCH");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_channelOfOurCertificate_isAskedWithItsHeader() {
    try (Bench bench = Bench.of(StsVerifier::requireChannelBinding)) {
      bench.sts.then(FakeSts.checkout());
      String proof = Proofs.text(new ProofBinding.Channel(Proofs.OURS));
      assertThat(Bench.word(bench.verify(proof, OUR_CONNECTION))).isEqualTo("verified");
      assertThat(bench.sts.requests().get(0).headers())
          .containsEntry("x-rolecall-channel", Proofs.OURS.value());
    }
  }

  @Test
  void verify_channelOfAListedBalancer_isAccepted() {
    try (Bench bench = Bench.of(scheme -> scheme.acceptBalancerCertificate(Proofs.ANOTHER))) {
      bench.sts.then(FakeSts.checkout());
      String proof = Proofs.text(new ProofBinding.Channel(Proofs.ANOTHER));
      assertThat(Bench.word(bench.verify(proof))).isEqualTo("verified");
    }
  }

  @Test
  void verify_channelProofCachedOnOneConnection_isRefusedOnAnother() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.checkout());
      String proof = Proofs.text(new ProofBinding.Channel(Proofs.OURS));
      assertThat(Bench.word(bench.verify(proof, OUR_CONNECTION))).isEqualTo("verified");
      Connection other = new Connection("198.51.100.1", Set.of(Proofs.ANOTHER));
      assertThat(Bench.word(bench.verify(proof, other))).isEqualTo("refused CHANNEL_MISMATCH");
    }
  }

  @ParameterizedTest(name = "life {0}, limit {1}, after {2}: {3}")
  @CsvSource({
    "PT15M, PT15M, PT0S,           verified",
    "PT15M, PT15M, PT15M,          verified",
    "PT15M, PT15M, PT15M0.000001S, refused CREDENTIAL_EXPIRED",
    "PT15M, PT15M, PT15M1S,        refused CREDENTIAL_EXPIRED",
    "PT15M, PT5M,  PT5M,           verified",
    "PT15M, PT5M,  PT5M1S,         refused CREDENTIAL_EXPIRED",
    "PT60S, PT15M, PT60S,          verified",
    "PT60S, PT15M, PT61S,          refused CREDENTIAL_EXPIRED",
    "PT1S,  PT15M, PT1S,           verified",
    "PT15M, PT15M, -PT1M,          verified",
    "PT15M, PT15M, -PT1M0.001S,    refused CREDENTIAL_NOT_YET_VALID",
    "PT15M, PT15M, -PT61S,         refused CREDENTIAL_NOT_YET_VALID"
  })
  void verify_atTheEdgeOfItsTime_isJudgedToTheInstant(
      Duration life, Duration limit, Duration after, String expected) {
    try (Bench bench = Bench.of(scheme -> scheme.maxProofAge(limit))) {
      bench.sts.then(FakeSts.checkout());
      bench.time.setClock(Proofs.SIGNED_AT.plus(after));
      assertThat(Bench.word(bench.verify(Proofs.signed(Proofs.SIGNED_AT, life))))
          .isEqualTo(expected);
      assertThat(bench.sts.requests()).hasSize(expected.equals("verified") ? 1 : 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0001-01-01T00:00:00Z, refused CREDENTIAL_EXPIRED",
    "9999-12-31T23:59:59Z, refused CREDENTIAL_NOT_YET_VALID"
  })
  void verify_dateAtTheEndsOfTheCalendar_isRefusedUnasked(Instant date, String expected) {
    try (Bench bench = new Bench()) {
      assertThat(Bench.word(bench.verify(Proofs.signed(date, Duration.ofMinutes(15)))))
          .isEqualTo(expected);
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_mintedForLater_isRefusedUnaskedUntilItsTime() {
    String later =
        Proofs.signed(Proofs.SIGNED_AT.plus(Duration.ofHours(1)), Duration.ofMinutes(15));
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.checkout());
      for (int minute = 0; minute < 59; minute++) {
        assertThat(Bench.word(bench.verify(later))).isEqualTo("refused CREDENTIAL_NOT_YET_VALID");
        bench.time.advance(Duration.ofMinutes(1));
      }
      assertThat(bench.sts.requests()).isEmpty();
      assertThat(Bench.word(bench.verify(later))).isEqualTo("verified");
      // From its date on it is as good as any, and no longer.
      bench.time.advance(Duration.ofMinutes(16).plusSeconds(1));
      assertThat(Bench.word(bench.verify(later))).isEqualTo("refused CREDENTIAL_EXPIRED");
    }
  }

  @Test
  void verify_severalFaults_namesTheFirstStep() {
    try (Bench bench = Bench.of(StsVerifier::requireChannelBinding)) {
      bench.time.setClock(Proofs.SIGNED_AT.plus(Duration.ofDays(1)));
      assertThat(Bench.word(bench.verify(Proofs.forHost("sts.evil.com"))))
          .isEqualTo("refused ISSUER_NOT_ALLOWED");
      assertThat(Bench.word(bench.verify(Proofs.forAudience("billing"))))
          .isEqualTo("refused AUDIENCE_MISMATCH");
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("refused BINDING_REQUIRED");
      String late = Proofs.text(new ProofBinding.Channel(Proofs.OURS));
      assertThat(Bench.word(bench.verify(late, OUR_CONNECTION)))
          .isEqualTo("refused CREDENTIAL_EXPIRED");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }
}
