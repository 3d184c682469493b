package dev.rolecall.verifier.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.Partition;
import dev.rolecall.proof.StsHost;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The endpoints that STS may be asked at. The rows are AWS's own, from the endpoint rules of the
 * SDK's StsClient and https://docs.aws.amazon.com/general/latest/gr/sts.html.
 */
@Tag("attack")
final class EndpointsTest {

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "aws,        eu-west-1,       sts.eu-west-1.amazonaws.com",
    "aws,        eu-west-1,       sts.eu-west-1.api.aws",
    "aws,        us-east-1,       sts-fips.us-east-1.amazonaws.com",
    "aws,        us-east-1,       sts-fips.us-east-1.api.aws",
    "aws,        mx-central-1,    sts.mx-central-1.amazonaws.com",
    "aws-cn,     cn-north-1,      sts.cn-north-1.amazonaws.com.cn",
    "aws-cn,     cn-northwest-1,  sts.cn-northwest-1.api.amazonwebservices.com.cn",
    "aws-us-gov, us-gov-west-1,   sts.us-gov-west-1.amazonaws.com",
    "aws-us-gov, us-gov-west-1,   sts.us-gov-west-1.api.aws",
    "aws-us-gov, us-gov-east-1,   sts-fips.us-gov-east-1.api.aws",
    "aws-eusc,   eusc-de-east-1,  sts.eusc-de-east-1.amazonaws.eu",
    "aws-eusc,   eusc-de-east-1,  sts.eusc-de-east-1.api.amazonwebservices.eu",
    "aws-iso,    us-iso-east-1,   sts.us-iso-east-1.c2s.ic.gov",
    "aws-iso,    us-iso-east-1,   sts.us-iso-east-1.api.aws.ic.gov",
    "aws-iso-b,  us-isob-east-1,  sts.us-isob-east-1.sc2s.sgov.gov",
    "aws-iso-b,  us-isob-east-1,  sts.us-isob-east-1.api.aws.scloud",
    "aws-iso-e,  eu-isoe-west-1,  sts.eu-isoe-west-1.cloud.adc-e.uk",
    "aws-iso-e,  eu-isoe-west-1,  sts.eu-isoe-west-1.api.cloud-aws.adc-e.uk",
    "aws-iso-f,  us-isof-south-1, sts.us-isof-south-1.csp.hci.ic.gov",
    "aws-iso-f,  us-isof-south-1, sts.us-isof-south-1.api.aws.hci.ic.gov"
  })
  void of_partition_hasItsRegionsEndpoints(String partition, String region, String host) {
    Partition accepted = Partition.parse(partition);
    EndpointTable table = EndpointTable.of(AwsEndpoints.of(accepted));
    assertThat(table.find(StsHost.parse(host)))
        .contains(
            new StsEndpoint(
                StsHost.parse(host),
                URI.create("https://" + host),
                new RegionName(region),
                accepted));
  }

  @Test
  void of_govCloud_hasNoFipsNameBesideTheRegionalOne() {
    EndpointTable table = EndpointTable.of(AwsEndpoints.of(Partition.parse("aws-us-gov")));
    assertThat(table.find(StsHost.parse("sts-fips.us-gov-west-1.amazonaws.com"))).isEmpty();
  }

  @Test
  void of_commercialPartition_hasItsRegionsAndNoOthers() {
    EndpointTable table = EndpointTable.of(AwsEndpoints.of(Partition.AWS));
    assertThat(table.hosts()).hasSize(34 * 4);
    assertThat(table.hosts())
        .allMatch(host -> host.value().matches("sts(-fips)?\\.[a-z]+-[a-z]+-[0-9]\\..*"))
        .noneMatch(host -> host.value().contains("gov") || host.value().contains("cn-"))
        .doesNotContain(StsHost.parse("sts.amazonaws.com"));
  }

  @Test
  void of_regionNewerThanTheSdk_belongsToThePartitionWithItsPattern() {
    Set<Partition> accepted = Set.of(Partition.AWS, Partition.parse("aws-cn"));
    assertThat(AwsEndpoints.of(new RegionName("cn-south-7"), accepted))
        .extracting(endpoint -> endpoint.host().value())
        .contains("sts.cn-south-7.amazonaws.com.cn");
    assertThat(AwsEndpoints.of(new RegionName("eu-west-9"), accepted))
        .allMatch(endpoint -> endpoint.partition().equals(Partition.AWS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-gov-west-9", "cn-south-7", "aws-global", "eusc-de-west-1"})
  void of_regionOfNoAcceptedPartition_isRefused(String region) {
    assertThatThrownBy(() -> AwsEndpoints.of(new RegionName(region), Set.of(Partition.AWS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(region);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x.evil?",
        "eu-west-1@evil",
        "eu-west-1%23",
        "EU-WEST-1",
        "eu_west_1",
        "",
        "eu-west-1.",
        "evil",
        "eu-west-1/..",
        "eu-west-1:443"
      })
  void regionName_notARegionsName_isRefused(String text) {
    assertThatThrownBy(() -> new RegionName(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sts.example.com",
        "https://sts.example.com/",
        "https://sts.example.com:8443",
        "https://vpce-1-2.sts.eu-west-1.vpce.amazonaws.com",
        "http://localhost:4566",
        "http://127.0.0.1:4566",
        "http://127.255.0.3"
      })
  void at_customUrl_isTaken(String url) {
    StsEndpoint endpoint = at(url);
    assertThat(endpoint.origin() + "/").isEqualTo(url.endsWith("/") ? url : url + "/");
    assertThat(endpoint.host().value()).isEqualTo(endpoint.origin().getRawAuthority());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sts.example.com",
        "http://10.0.0.1:4566",
        "http://169.254.169.254",
        "http://localhost.evil.com",
        "http://127.0.0.1.evil.com",
        "http://127.0.0.256",
        "http://127.1",
        "http://0.0.0.0",
        "http://[::1]:4566",
        "https://[::1]:4566",
        "https://user@sts.example.com",
        "https://STS.example.com",
        "https://sts.example.com:443",
        "https://sts.example.com:70000",
        "http://localhost:80",
        "https://sts.example.com/path",
        "https://sts.example.com?x=y",
        "https://sts.example.com/#x",
        "https:sts.example.com",
        "HTTPS://sts.example.com",
        "ftp://sts.example.com",
        "file:///etc/passwd",
        "sts.example.com",
        ""
      })
  void at_otherUrl_isRefused(String url) {
    assertThatThrownBy(() -> at(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void table_twoEntriesOfOneHost_areRefusedUnlessTheyAgree() {
    StsEndpoint one = at("https://sts.example.com");
    List<StsEndpoint> twice = new ArrayList<>(List.of(one, at("https://sts.example.com/")));
    assertThat(EndpointTable.of(twice).hosts()).hasSize(1);
    twice.add(
        StsEndpoint.at(
            URI.create("https://sts.example.com"), new RegionName("eu-west-1"), Partition.AWS));
    assertThatThrownBy(() -> EndpointTable.of(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sts.example.com");
  }

  private static StsEndpoint at(String url) {
    return StsEndpoint.at(URI.create(url), new RegionName("us-east-1"), Partition.AWS);
  }
}
