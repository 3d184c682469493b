package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.internal.sts.FakeSts;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class StsVerifierTest {

  static Stream<Arguments> brokenSettings() {
    return Stream.of(
        broken("maxProofAge: PT15M1S", s -> s.maxProofAge(Duration.ofSeconds(901))),
        broken("maxProofAge: PT0S", s -> s.maxProofAge(Duration.ZERO)),
        broken("maxClockSkew: PT5M1S", s -> s.maxClockSkew(Duration.ofSeconds(301))),
        broken("maxClockSkew: PT-1S", s -> s.maxClockSkew(Duration.ofSeconds(-1))),
        broken("lookUpTimeout: PT0.099S", s -> s.lookUpTimeout(Duration.ofMillis(99))),
        broken("lookUpTimeout: PT30.001S", s -> s.lookUpTimeout(Duration.ofMillis(30_001))),
        broken("region: moon-1", s -> s.acceptRegion("moon-1")),
        broken("region: cn-west-1", s -> s.acceptRegion("cn-west-1")),
        broken("region: EU-west-9", s -> s.acceptRegion("EU-west-9")),
        broken("partition: aws-moon", s -> s.acceptPartitions(Set.of(Partition.parse("aws-moon")))),
        broken("STS endpoints: none", s -> s.acceptPartitions(Set.of())),
        broken("STS endpoint: http://sts.example.com", s -> custom(s, "http://sts.example.com")),
        broken(
            "STS endpoint: sts.eu-west-1.amazonaws.com",
            s -> custom(s, "https://sts.eu-west-1.amazonaws.com")));
  }

  private static Arguments broken(String message, Consumer<StsVerifier> setting) {
    return Arguments.of(message, setting);
  }

  private static void custom(StsVerifier scheme, String url) {
    scheme.acceptCustomEndpoint(URI.create(url), "us-east-1", Partition.AWS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenSettings")
  void verifier_settingOutOfBounds_saysWhichAndWhy(String message, Consumer<StsVerifier> setting) {
    assertThatThrownBy(
            () -> {
              StsVerifier scheme = StsVerifier.forAudience(Proofs.ORDERS);
              setting.accept(scheme);
              make(scheme);
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("(expected: ");
  }

  @Test
  void check_settingsThatContradict_areRefused() {
    StsVerifier scheme = StsVerifier.forAudience(Proofs.ORDERS).acceptPartitions(Set.of());

    assertThatThrownBy(() -> scheme.check(Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("STS endpoints: none (expected: ");
  }

  @Test
  void verifier_settingsAtTheirBounds_areTaken() {
    make(
        StsVerifier.forAudience(Proofs.ORDERS)
            .maxProofAge(Duration.ofMinutes(15))
            .maxClockSkew(Duration.ofMinutes(5))
            .lookUpTimeout(Duration.ofMillis(100))
            .acceptRegion("eu-west-9"));
  }

  private static void make(StsVerifier scheme) {
    try (AccessRuntime runtime = AccessRuntime.ofDefaults()) {
      scheme.verifier(runtime).close();
    }
  }

  @Test
  void verify_regionNewerThanTheSdk_isAskedThere() {
    try (Bench bench = Bench.of(scheme -> scheme.acceptRegion("eu-west-9"))) {
      bench.sts.then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.forHost("sts.eu-west-9.api.aws"))))
          .isEqualTo("verified");
      assertThat(bench.sts.requests().get(0).uri().toString())
          .contains("%2Feu-west-9%2Fsts%2Faws4_request");
    }
  }

  @Test
  void close_withCallsWaiting_answersThemUnavailable() {
    try (Bench bench = new Bench()) {
      var first = bench.begin(Proofs.text(1));
      var second = bench.begin(Proofs.text(2));
      bench.lookup.close();
      assertThat(Bench.word(Bench.done(first))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(Bench.word(Bench.done(second))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(bench.sts.exchange(0)).isCancelled();
      assertThat(bench.sts.exchange(1)).isCancelled();
      assertThat(bench.scheduler.waiting()).isEmpty();
      assertThat(Bench.word(bench.verify(Proofs.text(3))))
          .isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(bench.sts.requests()).hasSize(2);
    }
  }
}
