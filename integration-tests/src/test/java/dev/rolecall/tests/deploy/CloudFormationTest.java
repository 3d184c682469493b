package dev.rolecall.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The templates hold the same policies as the plain files, once their parameters are given. */
class CloudFormationTest {

  private static final Template ROLE = template("role");
  private static final Template ENDPOINT = template("sts-endpoint");
  private static final Template GUARDRAIL = template("guardrail");

  private static Template template(String name) {
    return Template.read("iam-policies/cloudformation/" + name + ".yaml");
  }

  private static Object plain(String policy) {
    return Tree.ofJson(PolicyFiles.text(policy));
  }

  @ParameterizedTest
  @CsvSource({
    "Ec2, ec2",
    "Ecs, ecs",
    "Lambda, lambda",
    "EksIrsa, eks-irsa",
    "EksPodIdentity, eks-pod-identity",
    "Developer, developer",
    "Chain, chain",
  })
  void role_ofAPlatform_hasThePlainTrustPolicy(String name, String platform) {
    String resource = name + "Role";

    assertThat(ROLE.at("Resources", resource, "Properties", "AssumeRolePolicyDocument"))
        .isEqualTo(plain("trust/" + platform + ".json"));
    assertThat(ROLE.at("Resources", resource, "Condition")).isEqualTo("Is" + name);
    assertThat(ROLE.at("Conditions", "Is" + name, "!Equals").toString())
        .isEqualTo("[unresolved Platform, " + platform + "]");
  }

  @Test
  void roles_areOneForEachTrustPolicy() {
    assertThat(ROLE.resources("AWS::IAM::Role"))
        .hasSize(
            (int) PolicyFiles.all().stream().filter(file -> file.startsWith("trust/")).count());
  }

  @Test
  void roleThatAssumesAnother_hasThePlainPermission() {
    assertThat(ROLE.at("Resources", "AssumeAnother", "Properties", "PolicyDocument"))
        .isEqualTo(plain("permissions/assume-role.json"));
  }

  @Test
  void roleThatStatesItself_hasThePlainPermission() {
    assertThat(ROLE.at("Resources", "WebIdentity", "Properties", "PolicyDocument"))
        .isEqualTo(plain("permissions/web-identity.json"));
  }

  @Test
  void endpoint_hasThePlainPolicy() {
    assertThat(ENDPOINT.at("Resources", "StsEndpoint", "Properties", "PolicyDocument"))
        .isEqualTo(plain("endpoint/sts.json"));
  }

  @Test
  void guardrail_hasThePlainPolicy() {
    assertThat(GUARDRAIL.at("Resources", "Guardrail", "Properties", "Content"))
        .isEqualTo(plain("organization/guardrail.json"));
  }
}
