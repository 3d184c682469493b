package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

final class StsTargetTest {

  private static final StsSettings NONE = FakeSettings.none();

  static Stream<Region> regions() {
    return Region.regions().stream().filter(region -> !region.isGlobalRegion());
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, sts.eu-west-1.amazonaws.com",
    "us-east-1, sts.us-east-1.amazonaws.com",
    "cn-north-1, sts.cn-north-1.amazonaws.com.cn",
    "us-gov-west-1, sts.us-gov-west-1.amazonaws.com",
    "eusc-de-east-1, sts.eusc-de-east-1.amazonaws.eu",
    "us-iso-east-1, sts.us-iso-east-1.c2s.ic.gov",
    "xx-newest-9, sts.xx-newest-9.amazonaws.com"
  })
  void of_region_isItsRegionalHost(String region, String host) {
    StsTarget target = StsTarget.of(Region.of(region));

    assertThat(target.host()).hasToString(host);
    assertThat(target.endpoint()).hasToString("https://" + host);
    assertThat(target.region()).isEqualTo(Region.of(region));
  }

  @ParameterizedTest
  @MethodSource("regions")
  void of_everyRegionOfTheSdk_hasAHost(Region region) {
    assertThat(StsTarget.of(region).host().value()).startsWith("sts." + region.id() + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws-global",
        "aws-cn-global",
        "x.evil?",
        "eu-west-1.evil.com/",
        "EU-WEST-1",
        "eu-west-1 ",
        "eu_west_1",
        "1",
        "eu-west-1\n"
      })
  void of_notARegion_isRefusedByName(String region) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StsTarget.of(Region.of(region)))
        .withMessageContaining("expected: one Region, such as eu-west-1")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://sts.test, sts.test",
    "https://sts.test/, sts.test",
    "https://sts.test:443, sts.test",
    "https://sts.test:8443, sts.test:8443",
    "https://sts-fips.us-east-1.amazonaws.com, sts-fips.us-east-1.amazonaws.com",
    "http://127.0.0.1:4566, 127.0.0.1:4566",
    "http://127.255.0.9, 127.255.0.9",
    "http://localhost:80, localhost",
    "http://localhost:443, localhost:443"
  })
  void of_customEndpoint_namesHostAndPort(String endpoint, String host) {
    StsTarget target = StsTarget.of(URI.create(endpoint), Region.US_EAST_1);

    assertThat(target.host()).hasToString(host);
    assertThat(target.endpoint().getScheme() + "://" + host)
        .isEqualTo(target.endpoint().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sts.test",
        "http://10.0.0.1",
        "http://127.0.0.1.evil.com",
        "http://127.999.1.1",
        "http://localhost.evil.com",
        "http://[::1]:80",
        "https://[::1]",
        "ftp://localhost",
        "HTTPS://sts.test",
        "//sts.test",
        "sts.test",
        "mailto:sts",
        "https://STS.test",
        "https://sts.test/path",
        "https://sts.test?x=1",
        "https://sts.test#x",
        "https://sts.test:0",
        "https://sts.test:65536",
        "https://sts_test"
      })
  void of_endpointThatIsMoreOrLess_isRefused(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StsTarget.of(URI.create(endpoint), Region.US_EAST_1))
        .withMessageContaining("expected: ");
  }

  @Test
  void of_endpointWithPassword_isRefusedWithoutShowingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StsTarget.of(URI.create("https://me:hunter2@sts.test"), Region.US_EAST_1))
        .withMessageContaining("user information")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @Test
  void get_configured_neverAsksTheChain() {
    StsTarget configured = StsTarget.of(Region.EU_WEST_1);

    assertThat(StsTargetSource.of(configured).get()).isSameAs(configured);
  }

  @Test
  void get_regionFound_isAskedForOnce() {
    List<String> asked = new ArrayList<>();
    StsTargetSource source =
        StsTargetSource.of(
            NONE,
            () -> {
              asked.add("once");
              return Region.EU_WEST_1;
            });

    assertThat(source.get()).isEqualTo(StsTarget.of(Region.EU_WEST_1)).isSameAs(source.get());
    assertThat(asked).hasSize(1);
  }

  @Test
  void get_noRegion_saysWhatToSetAndAsksAgain() {
    List<RuntimeException> failures = new ArrayList<>();
    failures.add(SdkClientException.create("Unable to load region from secret place"));
    StsTargetSource source =
        StsTargetSource.of(
            NONE,
            () -> {
              if (!failures.isEmpty()) {
                throw failures.remove(0);
              }
              return Region.EU_WEST_1;
            });

    assertThatThrownBy(source::get)
        .isInstanceOfSatisfying(
            ProofUnavailableException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContainingAll("AWS_REGION", "profile", "region(...)")
        .hasMessageNotContaining("secret place");
    assertThat(source.get().region()).isEqualTo(Region.EU_WEST_1);
  }

  @Test
  void get_regionThatIsNone_saysWhich() {
    StsTargetSource source = StsTargetSource.of(NONE, () -> Region.AWS_GLOBAL);

    assertThatThrownBy(source::get)
        .isInstanceOf(ProofUnavailableException.class)
        .hasMessageContaining("aws-global");
  }
}
