package dev.rolecall.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.Partition;
import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.verifier.internal.endpoint.AwsEndpoints;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Terraform and CloudFormation make the same of each policy in every partition that the AWS SDK
 * knows, with the names that are used there.
 */
@Tag("attack")
class PartitionsTest {

  private static final Map<String, String> RESOURCES =
      Map.of(
          "ec2", "Ec2Role",
          "ecs", "EcsRole",
          "lambda", "LambdaRole",
          "eks-irsa", "EksIrsaRole",
          "eks-pod-identity", "EksPodIdentityRole",
          "developer", "DeveloperRole",
          "chain", "ChainRole");

  /**
   * A partition with one of its Regions.
   *
   * @param id its name in an ARN
   * @param suffix of its host names
   * @param region one of its Regions
   */
  record Place(String id, String suffix, String region) {

    /** As Terraform's provider has it: the suffix, turned round. */
    String reversePrefix() {
      List<String> labels = new ArrayList<>(List.of(suffix.split("\\.")));
      Collections.reverse(labels);
      return String.join(".", labels);
    }

    Map<String, Object> ofCloudFormation() {
      return Map.of("AWS::Partition", id, "AWS::URLSuffix", suffix, "AWS::Region", region);
    }

    Map<String, String> ofTerraform(String platform) {
      Map<String, String> values = new TreeMap<>(TerraformTest.PLACEHOLDERS);
      values.put("data.aws_partition.here.partition", id);
      values.put("data.aws_partition.here.dns_suffix", suffix);
      values.put("data.aws_partition.here.reverse_dns_prefix", reversePrefix());
      values.put("data.aws_region.here.id", region);
      values.put("var.platform", platform);
      return values;
    }

    @Override
    public String toString() {
      return id;
    }
  }

  static Stream<Place> places() {
    Map<String, Place> places = new TreeMap<>();
    for (Region region : Region.regions()) {
      if (!region.isGlobalRegion()) {
        PartitionMetadata partition = region.metadata().partition();
        places.putIfAbsent(
            partition.id(), new Place(partition.id(), partition.dnsSuffix(), region.id()));
      }
    }
    return places.values().stream();
  }

  static Stream<Arguments> roles() {
    return places()
        .flatMap(
            place -> RESOURCES.keySet().stream().map(platform -> Arguments.of(place, platform)));
  }

  private static Template template(String name, Place place) {
    return Template.read("iam-policies/cloudformation/" + name + ".yaml", place.ofCloudFormation());
  }

  private static Object terraform(String module, String local, String platform, Place place) {
    return Tree.ofJson(TerraformModule.read(module).local(local, place.ofTerraform(platform)));
  }

  @Test
  void partitions_areThoseOfTheSdk_withChinaAndTheIsolatedOnes() {
    assertThat(places().map(Place::id))
        .contains(
            "aws",
            "aws-cn",
            "aws-us-gov",
            "aws-iso",
            "aws-iso-b",
            "aws-iso-e",
            "aws-iso-f",
            "aws-eusc");
  }

  @ParameterizedTest(name = "{1} in {0}")
  @MethodSource("roles")
  void role_inAPartition_isTheSameOfBothTools(Place place, String platform) {
    Object policy = terraform("role", "trust", platform, place);

    assertThat(
            template("role", place)
                .at(
                    "Resources",
                    RESOURCES.getOrDefault(platform, platform),
                    "Properties",
                    "AssumeRolePolicyDocument"))
        .isEqualTo(policy);
    assertNamesOf(place, policy);
  }

  @ParameterizedTest
  @MethodSource("places")
  void otherPolicies_inAPartition_areTheSameOfBothTools(Place place) {
    Object assume = terraform("role", "assume", "ec2", place);
    Object webIdentity = terraform("role", "web_identity", "ec2", place);
    Object endpoint = terraform("sts-endpoint", "policy", "", place);
    Object guardrail = terraform("guardrail", "policy", "", place);

    assertThat(
            template("role", place)
                .at("Resources", "AssumeAnother", "Properties", "PolicyDocument"))
        .isEqualTo(assume);
    assertThat(
            template("role", place).at("Resources", "WebIdentity", "Properties", "PolicyDocument"))
        .isEqualTo(webIdentity);
    assertThat(
            template("sts-endpoint", place)
                .at("Resources", "StsEndpoint", "Properties", "PolicyDocument"))
        .isEqualTo(endpoint);
    assertThat(template("guardrail", place).at("Resources", "Guardrail", "Properties", "Content"))
        .isEqualTo(guardrail);
    Stream.of(assume, webIdentity, endpoint, guardrail)
        .forEach(policy -> assertNamesOf(place, policy));
  }

  @ParameterizedTest
  @MethodSource("places")
  void endpointsService_inAPartition_isTheSameOfBothTools(Place place) {
    assertThat(
            template("sts-endpoint", place)
                .at("Resources", "StsEndpoint", "Properties", "ServiceName"))
        .isEqualTo(
            TerraformModule.read("sts-endpoint").argument("service_name", place.ofTerraform("")))
        .isEqualTo(place.reversePrefix() + "." + place.region() + ".sts");
  }

  @Test
  void china_hasItsOwnNames() {
    Place china = new Place("aws-cn", "amazonaws.com.cn", "cn-north-1");

    assertThat(terraform("role", "trust", "ec2", china).toString())
        .contains("Service=ec2.amazonaws.com.cn");
    assertThat(terraform("role", "trust", "eks-irsa", china).toString())
        .contains(
            "arn:aws-cn:iam::111122223333:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/")
        .contains(
            "oidc.eks.cn-north-1.amazonaws.com.cn/id/EXAMPLED539D4633E53DE1B71EXAMPLE:aud=sts.amazonaws.com,");
    assertThat(TerraformModule.read("sts-endpoint").argument("service_name", china.ofTerraform("")))
        .isEqualTo("cn.com.amazonaws.cn-north-1.sts");
  }

  @ParameterizedTest
  @MethodSource("places")
  void protocol_namesAHostOfThePartition_asTheVerifierKnowsIt(Place place) {
    List<String> hosts =
        Pattern.compile("\\| `" + place.id() + "` \\| .* \\| `([^`]+)` \\|")
            .matcher(Checkout.text("docs/protocol.md"))
            .results()
            .map(row -> row.group(1))
            .toList();

    assertThat(hosts).hasSize(1);
    assertThat(AwsEndpoints.of(Partition.parse(place.id())))
        .extracting(endpoint -> endpoint.host().toString())
        .containsAll(hosts);
  }

  @Test
  void endpoint_inAPartitionThatTheTemplateDoesNotKnow_isRefused() {
    Place unknown = new Place("aws-moon", "amazonaws.moon", "moon-1");

    assertThatThrownBy(() -> template("sts-endpoint", unknown))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("aws-moon");
  }

  private static void assertNamesOf(Place place, Object policy) {
    String text = policy.toString();
    assertThat(text.replace("arn:" + place.id() + ":", "")).doesNotContain("arn:");
    assertThat(text.replace("oidc.eks." + place.region() + "." + place.suffix() + "/", ""))
        .doesNotContain("oidc.eks.");
  }
}
