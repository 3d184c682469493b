package dev.rolecall.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;

/** Each policy in {@code iam-policies} means what its rows in {@code CASES.md} say. */
@Tag("attack")
class PolicyCasesTest {

  private static final List<PolicyCase> CASES = PolicyCase.all();

  static List<PolicyCase> cases() {
    return CASES;
  }

  static List<String> policies() {
    return PolicyFiles.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void policy_onARequestOfTheTable_answersAsItSays(PolicyCase row) {
    assertThat(PolicyEvaluator.evaluate(PolicyFiles.policy(row.policy()), row.request()))
        .isEqualTo(row.answer());
  }

  @Test
  void table_hasMoreRefusalsThanAnythingElse_forEachPolicy() {
    assertThat(policies()).hasSizeGreaterThan(9);
    assertThat(CASES.stream().map(PolicyCase::policy).distinct().sorted().toList())
        .isEqualTo(policies());
    for (String policy : policies()) {
      List<Answer> answers = rowsOf(policy).map(PolicyCase::answer).toList();
      assertThat(answers).as(policy).contains(Answer.DENY);
      assertThat(answers).as(policy).containsAnyOf(Answer.ALLOW, Answer.NO_ANSWER);
      assertThat(answers.stream().filter(Answer.DENY::equals).count())
          .as(policy)
          .isGreaterThanOrEqualTo(answers.size() / 2);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void policy_withAnySmallChange_isNoticedByARow(String policy) {
    List<PolicyMutation> mutations = PolicyMutation.of(PolicyFiles.policy(policy));

    assertThat(mutations).hasSizeGreaterThan(2);
    assertThat(mutations)
        .allSatisfy(
            mutation ->
                assertThat(rowsOf(policy))
                    .as("%s, %s", policy, mutation)
                    .anyMatch(
                        row ->
                            PolicyEvaluator.evaluate(mutation.policy(), row.request())
                                != row.answer()));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void policy_readByTheSdk_losesNothing(String policy) {
    assertThat(Tree.ofJson(PolicyFiles.policy(policy).toJson()))
        .isEqualTo(Tree.ofJson(PolicyFiles.text(policy)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void policy_ofItsKind_hasTheElementsThatKindHas(String policy) {
    boolean trust = policy.startsWith("trust/");
    boolean named = trust || policy.startsWith("endpoint/");

    assertThat(PolicyFiles.policy(policy).version()).isEqualTo("2012-10-17");
    assertThat(PolicyFiles.policy(policy).statements())
        .isNotEmpty()
        .allSatisfy(
            statement -> {
              assertThat(statement.sid()).matches("[A-Za-z0-9]+");
              assertThat(statement.principals().isEmpty()).isEqualTo(!named);
              assertThat(statement.resources().isEmpty()).isEqualTo(trust);
            });
  }

  private static Stream<PolicyCase> rowsOf(String policy) {
    return CASES.stream().filter(row -> row.policy().equals(policy));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Effect': 'Allow', 'Action': '*', 'Condition': {'StringLike': {'aws:x': 'a'}}",
        "'Effect': 'Allow', 'Action': '*', 'Condition': {'ForAllValues:ArnLike': {'aws:x': 'a'}}",
        "'Effect': 'Allow', 'Action': '*', 'Condition': {'StringEquals': {'aws:x': '${aws:y}'}}",
        "'Effect': 'Allow', 'Action': '*', 'Condition': {'ArnLike': {'aws:PrincipalArn': '*'}}",
        "'Effect': 'Allow', 'NotAction': 'iam:*', 'Resource': '*'",
        "'Effect': 'Allow', 'Action': '*', 'NotResource': 'a'",
        "'Effect': 'Allow', 'Action': '*', 'NotPrincipal': {'AWS': 'a'}",
        "'Effect': 'Allow', 'Action': '*', 'Principal': {'CanonicalUser': 'a'}",
        "'Effect': 'Allow', 'Action': '*', 'Principal': {'AWS': 'arn:aws:iam::*:root'}",
      })
  void evaluator_onWhatItDoesNotKnow_fails(String statement) {
    String json = "{'Version': '2012-10-17', 'Statement': [{" + statement + "}]}";
    IamPolicy policy = IamPolicy.fromJson(json.replace('\'', '"'));
    IamRequest request =
        new IamRequest(
            Asker.parse("role arn:aws:iam::111122223333:role/checkout"),
            "sts:AssumeRole",
            "",
            Map.of("aws:x", "a"));

    assertThatThrownBy(() -> PolicyEvaluator.evaluate(policy, request))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("does not know");
  }

  @Test
  void wildcards_inAnArn_doNotReachOverAColon() {
    IamPolicy policy =
        IamPolicy.fromJson(
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*",
             "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:ecs:*:111122223333:*"}}}]}
            """);

    assertThat(
            Arrays.asList(
                answerTo(policy, "arn:aws:ecs:eu-west-1:111122223333:cluster/demo"),
                answerTo(policy, "arn:aws:ecs:eu-west-1:444455556666:111122223333:cluster"),
                answerTo(policy, "arn:aws:ecs")))
        .containsExactly(Answer.ALLOW, Answer.DENY, Answer.DENY);
  }

  private static Answer answerTo(IamPolicy policy, String source) {
    Asker service = Asker.parse("service ecs-tasks.amazonaws.com");
    return PolicyEvaluator.evaluate(
        policy, new IamRequest(service, "sts:AssumeRole", "", Map.of("aws:SourceArn", source)));
  }
}
