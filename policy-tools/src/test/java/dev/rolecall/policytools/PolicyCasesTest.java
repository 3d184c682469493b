package dev.rolecall.policytools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.identity.Attributes;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.document.InvalidPolicyException;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyCasesTest {

  private static final String POLICY =
      """
      name: orders
      deny_rules:
        - name: frozen
          source: {principals: ["arn:aws:iam::111122223333:role/frozen"]}
          request: {paths: ["/orders.v1.Orders/*"]}
      allow_rules:
        - name: account reads
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request: {paths: ["/orders.v1.Orders/Get"]}
        - name: one robot writes
          source: {principals: ["arn:aws:iam::111122223333:role/robot#AROAEXAMPLE000000001"]}
          request: {paths: ["/orders.v1.Orders/Create"]}
      public_methods: ["/grpc.health.v1.Health/Check"]
      """;

  private static final String ROBOT = "arn:aws:iam::111122223333:role/robot";

  static Stream<Arguments> broken() {
    String start = "cases:\n  - caller: nobody\n    method: /a.B/C\n";
    return Stream.of(
        arguments("", "1:1: the file is empty (expected: a table of cases)"),
        arguments("cases", "1:1: the table: \"cases\" is a string (expected: a mapping)"),
        arguments("{}", "1:1: the table has no \"cases\" (expected: a cases key)"),
        arguments("cases: []", "1:8: cases: an empty list (expected: a list of at least one)"),
        arguments("cases: {}", "1:8: cases: an empty mapping (expected: a list of at least one)"),
        arguments("cases: [x]", "1:9: a case: \"x\" is a string (expected: a mapping)"),
        arguments(
            start + "    expect: deny\ncase: []\n", "5:1: unknown key \"case\" (expected: cases)"),
        arguments(
            start + "    expect: deny\n---\ncases: []\n",
            "5:1: a second document (expected: one table of cases in a file)"),
        arguments(start, "2:5: a case has no \"expect\" (expected: a expect key)"),
        arguments(
            "cases:\n  - {method: /a.B/C, expect: deny}",
            "2:5: a case has no \"caller\" (expected: a caller key)"),
        arguments(
            "cases:\n  - {caller: nobody, expect: deny}",
            "2:5: a case has no \"method\" (expected: a method key)"),
        arguments(
            start + "    expected: deny\n    expect: deny\n",
            "4:5: unknown key \"expected\" (expected: expect)"),
        arguments(
            start + "    expect: deny\n    expect: allow\n",
            "5:5: repeated key \"expect\" (expected: once; it is at 4:5 too)"),
        arguments(
            start + "    expect: denied",
            "4:13: expect: \"denied\" (expected: allow, needs_grant or deny)"),
        arguments(
            start + "    expect: Deny",
            "4:13: expect: \"Deny\" (expected: allow, needs_grant or deny)"),
        arguments(
            start + "    expect: needs-grant",
            "4:13: expect: \"needs-grant\" (expected: allow, needs_grant or deny)"),
        arguments(
            start + "    grants: [orders]\n    expect: deny",
            "2:13: grants of nobody (expected: none)"),
        arguments(
            start + "    expect: true",
            "4:13: expect: \"true\" is true or false (expected: a string)"),
        arguments(start + "    expect: !x deny", "4:13: tag \"!x\" (expected: none)"),
        arguments(
            "cases:\n  - {caller: nobody, method: /a.B/*, expect: deny}",
            "2:30: method: \"/a.B/*\" (expected: /package.Service/Method)"),
        arguments(
            "cases:\n  - {caller: \"arn:aws:iam::111122223333:*\", method: /a.B/C, expect: deny}",
            "2:14: caller: \"arn:aws:iam::111122223333:*\" (expected: one role's ARN, with #AROA..."
                + " behind it where its unique id matters, one principal of another kind, or nobody)"),
        arguments(
            start + "    expect: deny\n  - {caller: nobody, method: /a.B/C, expect: allow}",
            "5:5: a case of the same caller and method (expected: one; it is at 2:5 too)"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void read_oneThingWrong_saysWhereAndWhatWouldBeRight(String text, String expected) {
    assertThatThrownBy(() -> cases(text))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessage("cases.yaml:" + expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Nobody",
        "*",
        "anyone",
        "arn:aws:iam::111122223333:role/robot-*",
        "arn:aws:iam::1:role/robot",
        "arn:aws:iam::111122223333:user/robot",
        "arn:aws:sts::111122223333:assumed-role/robot/session",
        "sso:111122223333:Admin",
        "arn:aws:iam::111122223333:role/robot#AIDAEXAMPLE000000001"
      })
  void caller_notOneRoleAndNotNobody_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallerQuery.parse(text))
        .withMessageStartingWith("caller: \"" + text + "\"");
  }

  @Test
  void caller_nobodyWithAttributes_isRefused() {
    Attributes stated = Attributes.none().withClient("shop");

    assertThatIllegalArgumentException().isThrownBy(() -> CallerQuery.NOBODY.with(stated));
  }

  @Test
  void load_missingFile_saysSo() {
    assertThatThrownBy(() -> PolicyCases.load(Path.of("none.yaml")))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessage("none.yaml: the file cannot be read: no such file");
  }

  @Test
  void cases_none_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PolicyCases(List.of()));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(ROBOT, "Get", "allow", "by rule \"account reads\" at orders.yaml:7:5"),
        arguments(ROBOT, "Create", "deny", "no rule allows it"),
        arguments(
            ROBOT + "#AROAEXAMPLE000000001",
            "Create",
            "allow",
            "by rule \"one robot writes\" at orders.yaml:10:5"),
        arguments(ROBOT + "#AROAEXAMPLE000000002", "Create", "deny", "no rule allows it"),
        arguments(
            ROBOT.replace("robot", "frozen"),
            "Get",
            "deny",
            "by rule \"frozen\" at orders.yaml:3:5"),
        arguments("nobody", "Get", "deny", "the method is not public"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void under_aPolicy_saysTheAnswerAndWhy(String caller, String method, String answer, String why) {
    for (Answer expected : Answer.values()) {
      CaseResult result = result(caller, "/orders.v1.Orders/" + method, expected);

      assertThat(result.actual().answer()).hasToString(answer);
      assertThat(result.actual().why()).isEqualTo(why);
      assertThat(result.passed()).isEqualTo(expected.toString().equals(answer));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "arn:aws:iam::999988887777:role/stranger"})
  void under_aPolicy_aPublicMethodIsAllowedToAnyone(String caller) {
    CaseResult result = result(caller, "/grpc.health.v1.Health/Check", Answer.ALLOW);

    assertThat(result.passed()).isTrue();
    assertThat(result.actual().why()).isEqualTo("the method is public: any caller may call it");
  }

  private static CaseResult result(String caller, String method, Answer expected) {
    String text = "cases: [{caller: \"%s\", method: %s, expect: %s}]";
    AccessPolicy policy =
        PolicyDocument.read("orders.yaml", POLICY.getBytes(UTF_8))
            .fold(
                PolicyReading.Loaded::policy,
                rejected -> {
                  throw new InvalidPolicyException(rejected.problems());
                });
    return cases(text.formatted(caller, method, expected)).under(policy).get(0);
  }

  private static PolicyCases cases(String text) {
    return PolicyCases.read("cases.yaml", text.getBytes(UTF_8));
  }
}
