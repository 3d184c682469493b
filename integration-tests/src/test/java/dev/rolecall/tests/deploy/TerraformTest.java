package dev.rolecall.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The modules have no policy of their own: each is a plain file, its placeholders replaced. */
class TerraformTest {

  /** Whatever of a placeholder could be left over. */
  private static final Pattern LEFT_OVER =
      Pattern.compile(
          "arn:aws:|111122223333|eu-west-1|EXAMPLE|orders|Orders|checkout|demo|role/deployment");

  static final Map<String, String> PLACEHOLDERS =
      Map.ofEntries(
          Map.entry("local.account", "111122223333"),
          Map.entry("data.aws_region.here.id", "eu-west-1"),
          Map.entry("data.aws_partition.here.partition", "aws"),
          Map.entry("data.aws_partition.here.dns_suffix", "amazonaws.com"),
          Map.entry("var.oidc_provider_id", "EXAMPLED539D4633E53DE1B71EXAMPLE"),
          Map.entry("var.cluster", "demo"),
          Map.entry("var.namespace", "orders"),
          Map.entry("var.service_account", "orders-client"),
          Map.entry("var.permission_set", "OrdersDeveloper"),
          Map.entry("var.assumed_by", "checkout"),
          Map.entry("var.may_assume", "orders-client"),
          Map.entry("var.token_audience", "orders"),
          Map.entry("var.role_prefix", "orders-"),
          Map.entry("var.deployment_role", "deployment"),
          Map.entry("jsonencode(local.callers)", "[\"111122223333\"]"));

  /**
   * The outcome of one module for one plain policy.
   *
   * @param module its folder
   * @param local its local value that is the policy
   * @param platform the variable of that name
   * @param policy the plain file
   */
  record Made(String module, String local, String platform, String policy) {

    String with(Map<String, String> values) {
      Map<String, String> all = new TreeMap<>(values);
      all.put("var.platform", platform);
      return TerraformModule.read(module).local(local, all);
    }

    @Override
    public String toString() {
      return module + " from " + policy;
    }
  }

  static Stream<Made> made() {
    return Stream.concat(
        PolicyFiles.all().stream()
            .filter(file -> file.startsWith("trust/"))
            .map(file -> new Made("role", "trust", platform(file), file)),
        Stream.of(
            new Made("role", "assume", "ec2", "permissions/assume-role.json"),
            new Made("role", "web_identity", "ec2", "permissions/web-identity.json"),
            new Made("sts-endpoint", "policy", "", "endpoint/sts.json"),
            new Made("guardrail", "policy", "", "organization/guardrail.json")));
  }

  private static String platform(String file) {
    return file.substring("trust/".length(), file.length() - ".json".length());
  }

  @ParameterizedTest
  @MethodSource("made")
  void policy_withThePlaceholders_isThePlainOne(Made made) {
    assertThat(made.with(PLACEHOLDERS)).isEqualTo(PolicyFiles.text(made.policy()));
  }

  @ParameterizedTest
  @MethodSource("made")
  void policy_withOtherValues_keepsNoPlaceholder(Made made) {
    Map<String, String> others = new TreeMap<>();
    PLACEHOLDERS.keySet().forEach(name -> others.put(name, "other"));
    others.put("jsonencode(local.callers)", "[\"444455556666\",\"other\"]");

    String policy = made.with(others);

    assertThat(policy).doesNotContainPattern(LEFT_OVER);
    assertThat(Tree.ofJson(policy)).isInstanceOf(Map.class);
  }

  @Test
  void policy_withNamesLikeOtherPlaceholders_hasEachInItsPlace() {
    Map<String, String> names = new TreeMap<>(PLACEHOLDERS);
    names.put("data.aws_region.here.id", "us-east-1");
    names.put("var.cluster", "eu-west-1");
    names.put("var.namespace", "orders-client");
    names.put("var.service_account", "orders");
    names.put("var.role_prefix", "deployment");
    names.put("var.deployment_role", "orders-");

    assertThat(new Made("role", "trust", "eks-pod-identity", "").with(names))
        .contains("\"arn:aws:eks:us-east-1:111122223333:cluster/eu-west-1\"")
        .contains("\"aws:RequestTag/kubernetes-namespace\": \"orders-client\"")
        .contains("\"aws:RequestTag/kubernetes-service-account\": \"orders\"");
    assertThat(new Made("role", "trust", "eks-irsa", "").with(names))
        .contains("\"system:serviceaccount:orders-client:orders\"");
    assertThat(new Made("guardrail", "policy", "", "").with(names))
        .contains("\"arn:aws:iam::*:role/deployment*\", \"arn:aws:iam::*:role/*/deployment*\"")
        .contains("\"arn:aws:iam::*:role/orders-\"");
  }

  @Test
  void everyPolicy_isMadeByAModule() {
    assertThat(made().map(Made::policy)).containsExactlyInAnyOrderElementsOf(PolicyFiles.all());
  }

  @Test
  void platforms_areTheTrustPolicies() {
    List<String> platforms =
        PolicyFiles.all().stream()
            .filter(file -> file.startsWith("trust/"))
            .map(TerraformTest::platform)
            .toList();
    String variables = TerraformModule.read("role").text();

    assertThat(platforms).isNotEmpty().allMatch(name -> variables.contains("\"" + name + "\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"role", "sts-endpoint", "guardrail"})
  void module_usesTheVariablesItDeclares_andWritesNoPolicy(String name) {
    TerraformModule module = TerraformModule.read(name);

    assertThat(module.used()).isEqualTo(module.declared()).isNotEmpty();
    assertThat(module.text())
        .doesNotContain("Statement")
        .doesNotContain("aws_iam_policy_document")
        .doesNotContain("<<");
  }
}
