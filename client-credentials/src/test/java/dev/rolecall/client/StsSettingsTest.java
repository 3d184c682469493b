package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

/** Each standard setting is obeyed, or named as set and not used. */
final class StsSettingsTest {

  private static Region chain() {
    return Region.EU_WEST_1;
  }

  @ParameterizedTest
  @CsvSource({
    "true, '', eu-west-1, sts-fips.eu-west-1.amazonaws.com",
    "TRUE, '', us-east-1, sts-fips.us-east-1.amazonaws.com",
    "'', true, eu-west-1, sts.eu-west-1.api.aws",
    "true, true, eu-west-1, sts-fips.eu-west-1.api.aws",
    "true, '', us-gov-west-1, sts.us-gov-west-1.amazonaws.com",
    "'', true, cn-north-1, sts.cn-north-1.api.amazonwebservices.com.cn",
    "false, false, eu-west-1, sts.eu-west-1.amazonaws.com",
    "yes, 1, eu-west-1, sts.eu-west-1.amazonaws.com"
  })
  void get_switches_nameTheRegionsEndpointOfThatKind(
      String fips, String dualStack, String region, String host) {
    StsSettings settings =
        FakeSettings.variables(
            Map.of("AWS_USE_FIPS_ENDPOINT", fips, "AWS_USE_DUALSTACK_ENDPOINT", dualStack));

    assertThat(StsTargetSource.of(settings, () -> Region.of(region)).get().host())
        .hasToString(host);
    assertThat(StsTargetSource.of(Region.of(region), settings).get().host()).hasToString(host);
  }

  @Test
  void get_switchesInTheProfile_areObeyed() {
    StsSettings settings = FakeSettings.of(Map.of(), Map.of(), Map.of("use_fips_endpoint", "true"));

    assertThat(StsTargetSource.of(settings, StsSettingsTest::chain).get().host().value())
        .startsWith("sts-fips.");
  }

  @Test
  void get_endpointThatIsSet_isTheTarget_andWinsOverTheSwitches() {
    StsSettings settings =
        FakeSettings.variables(
            Map.of(
                "AWS_ENDPOINT_URL_STS", "https://vpce-1.sts.eu-west-1.vpce.amazonaws.com",
                "AWS_ENDPOINT_URL", "http://localhost:4566",
                "AWS_USE_FIPS_ENDPOINT", "true"));

    assertThat(StsTargetSource.of(settings, StsSettingsTest::chain).get().host())
        .hasToString("vpce-1.sts.eu-west-1.vpce.amazonaws.com");
    assertThat(settings.described(false, false))
        .extracting(StsSettings.Setting::toString)
        .containsExactly(
            "AWS_ENDPOINT_URL_STS is set: proofs are signed for it; servers must accept it",
            "AWS_ENDPOINT_URL is set and not used: another setting of an endpoint wins",
            "AWS_USE_FIPS_ENDPOINT is set and not used: the endpoint that is set wins; the AWS SDK's"
                + " own clients (web identity, SSO) refuse to have both: unset one");
  }

  @Test
  void get_endpointOfAllServices_isTheTarget() {
    assertThat(
            StsTargetSource.of(
                    FakeSettings.variables(Map.of("AWS_ENDPOINT_URL", "http://localhost:4566/")),
                    StsSettingsTest::chain)
                .get()
                .endpoint())
        .hasToString("http://localhost:4566");
  }

  @Test
  void get_endpointInTheProfile_yieldsToTheEnvironment() {
    Map<String, String> profile =
        Map.of(SettingPlaces.OF_STS, "https://of-sts.test", "endpoint_url", "https://of-all.test");

    assertThat(
            StsTargetSource.of(FakeSettings.of(Map.of(), Map.of(), profile), StsSettingsTest::chain)
                .get()
                .host())
        .hasToString("of-sts.test");
    assertThat(
            StsTargetSource.of(
                    FakeSettings.of(
                        Map.of(), Map.of("AWS_ENDPOINT_URL", "https://env.test"), profile),
                    StsSettingsTest::chain)
                .get()
                .host())
        .hasToString("env.test");
    assertThat(
            StsTargetSource.of(
                    FakeSettings.of(
                        Map.of("aws.endpointUrlSts", "https://property.test"),
                        Map.of("AWS_ENDPOINT_URL_STS", "https://env.test"),
                        profile),
                    StsSettingsTest::chain)
                .get()
                .host())
        .hasToString("property.test");
  }

  @Test
  void get_endpointsToBeIgnored_areNamedAsUnused() {
    StsSettings settings =
        FakeSettings.variables(
            Map.of(
                "AWS_ENDPOINT_URL_STS", "https://sts.test",
                "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"));

    assertThat(StsTargetSource.of(settings, StsSettingsTest::chain).get())
        .isEqualTo(StsTarget.of(Region.EU_WEST_1));
    assertThat(settings.described(false, false))
        .extracting(StsSettings.Setting::toString)
        .containsExactly(
            "AWS_ENDPOINT_URL_STS is set and not used: AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is true");
  }

  @Test
  void get_regionInCode_winsOverEndpointsThatAreSet() {
    StsSettings settings =
        FakeSettings.variables(Map.of("AWS_ENDPOINT_URL_STS", "https://sts.test"));

    assertThat(StsTargetSource.of(Region.US_EAST_1, settings).get())
        .isEqualTo(StsTarget.of(Region.US_EAST_1));
    assertThat(settings.described(false, true)).noneMatch(StsSettings.Setting::used);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localstack:4566", "https://me:hunter2@sts.test", "sts.test", "::", "x y"})
  void get_endpointThatBreaksARule_namesTheSettingAndNotItsValue(String value) {
    StsTargetSource source =
        StsTargetSource.of(
            FakeSettings.variables(Map.of("AWS_ENDPOINT_URL", value)), StsSettingsTest::chain);

    assertThatThrownBy(source::get)
        .isInstanceOfSatisfying(
            ProofUnavailableException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageStartingWith("AWS_ENDPOINT_URL cannot be used")
        .hasMessageNotContaining(value);
  }

  @Test
  void get_defaultRegion_isObeyedUnlessAwsRegionIsSet() {
    Map<String, String> both =
        Map.of("AWS_DEFAULT_REGION", "ap-south-1", "AWS_REGION", "us-west-2");

    assertThat(
            StsTargetSource.of(
                    FakeSettings.variables(Map.of("AWS_DEFAULT_REGION", "ap-south-1")),
                    StsSettingsTest::chain)
                .get()
                .region())
        .isEqualTo(Region.AP_SOUTH_1);
    assertThat(
            StsTargetSource.of(FakeSettings.variables(both), StsSettingsTest::chain).get().region())
        .isEqualTo(Region.EU_WEST_1);
    assertThat(FakeSettings.variables(both).described(false, false))
        .extracting(StsSettings.Setting::toString)
        .containsExactly(
            "AWS_DEFAULT_REGION is set and not used: a Region that is named elsewhere wins");
  }

  @Test
  void described_withAnEndpointInCode_namesAllAsUnusedAndNoValue() {
    StsSettings settings =
        FakeSettings.variables(
            Map.of(
                "AWS_ENDPOINT_URL", "https://me:hunter2@sts.test",
                "AWS_USE_FIPS_ENDPOINT", "true",
                "AWS_USE_DUALSTACK_ENDPOINT", "true",
                "AWS_DEFAULT_REGION", "eu-west-1"));

    assertThat(settings.described(true, false))
        .hasSize(4)
        .noneMatch(StsSettings.Setting::used)
        .noneMatch(setting -> setting.toString().contains("hunter2"));
    assertThat(FakeSettings.none().described(false, false)).isEmpty();
  }
}
