package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.sts.FakeSts;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CallerVerifierBuilderTest {

  static Stream<Arguments> brokenSettings() {
    return Stream.of(
        broken("maxProofAge: PT15M1S", b -> b.maxProofAge(Duration.ofSeconds(901))),
        broken("maxProofAge: PT0S", b -> b.maxProofAge(Duration.ZERO)),
        broken("maxClockSkew: PT5M1S", b -> b.maxClockSkew(Duration.ofSeconds(301))),
        broken("maxClockSkew: PT-1S", b -> b.maxClockSkew(Duration.ofSeconds(-1))),
        broken("lookUpTimeout: PT0.099S", b -> b.lookUpTimeout(Duration.ofMillis(99))),
        broken("lookUpTimeout: PT30.001S", b -> b.lookUpTimeout(Duration.ofMillis(30_001))),
        broken("refusalLife: PT1M1S", b -> b.refusalLife(Duration.ofSeconds(61))),
        broken("total: 0", b -> b.maxLookUps(0, 0)),
        broken("perPeer: 0", b -> b.maxLookUps(1, 0)),
        broken("perPeer: 3", b -> b.maxWaitingCalls(2, 3)),
        broken("total: 0", b -> b.maxRefusalsPerSecond(0, 0)),
        broken("perPeer: 2", b -> b.maxRefusalsPerSecond(1, 2)),
        broken("entries: 0", b -> b.verifiedCache(0, 1 << 20)),
        broken("bytes: 1023", b -> b.refusedCache(1, 1_023)),
        broken("region: moon-1", b -> b.acceptRegion("moon-1")),
        broken("region: cn-west-1", b -> b.acceptRegion("cn-west-1")),
        broken("region: EU-west-9", b -> b.acceptRegion("EU-west-9")),
        broken("partition: aws-moon", b -> b.acceptPartitions(Set.of(Partition.parse("aws-moon")))),
        broken("STS endpoints: none", b -> b.acceptPartitions(Set.of())),
        broken("STS endpoint: http://sts.example.com", b -> custom(b, "http://sts.example.com")),
        broken(
            "STS endpoint: sts.eu-west-1.amazonaws.com",
            b -> custom(b, "https://sts.eu-west-1.amazonaws.com")));
  }

  private static Arguments broken(String message, Consumer<CallerVerifierBuilder> setting) {
    return Arguments.of(message, setting);
  }

  private static void custom(CallerVerifierBuilder builder, String url) {
    builder.acceptCustomEndpoint(URI.create(url), "us-east-1", Partition.AWS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenSettings")
  void build_settingOutOfBounds_saysWhichAndWhy(
      String message, Consumer<CallerVerifierBuilder> setting) {
    assertThatThrownBy(
            () -> {
              CallerVerifierBuilder builder = CallerVerifier.builder(Proofs.ORDERS);
              setting.accept(builder);
              builder.build().close();
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("(expected: ");
  }

  @Test
  void build_settingsAtTheirBounds_areTaken() {
    CallerVerifier.builder(Proofs.ORDERS)
        .maxProofAge(Duration.ofMinutes(15))
        .maxClockSkew(Duration.ofMinutes(5))
        .lookUpTimeout(Duration.ofMillis(100))
        .maxLookUps(1, 1)
        .maxRefusalsPerSecond(1, 1)
        .refusalLife(Duration.ZERO)
        .acceptRegion("eu-west-9")
        .build()
        .close();
  }

  @Test
  void verify_regionNewerThanTheSdk_isAskedThere() {
    try (Bench bench = new Bench(builder -> builder.acceptRegion("eu-west-9"))) {
      bench.sts.then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.forHost("sts.eu-west-9.api.aws"))))
          .isEqualTo("verified");
      assertThat(bench.sts.requests().get(0).uri().toString())
          .contains("%2Feu-west-9%2Fsts%2Faws4_request");
    }
  }
}
