package dev.rolecall.policytools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.RoleArn;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.document.InvalidPolicyException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Explanations and cases of calls that conditions read. */
final class ConditionsExplainedTest {

  private static final String TEXT =
      """
      name: x
      deny_rules:
        - name: not from the guest network
          source:
            principals: ["arn:aws:iam::111122223333:*"]
            networks: ["192.0.2.0/24"]
          request: {paths: ["/s.S/Put"]}
      allow_rules:
        - name: blue from inside
          source:
            principals: ["arn:aws:iam::111122223333:role/a"]
            networks: ["10.0.0.0/8", "2001:db8::/32"]
          request:
            paths: ["/s.S/Put"]
            headers:
              - {key: x-tenant, values: ["blue", "green-*"]}
              - {key: x-stage, values: ["*"]}
      """;

  private static final AccessPolicy POLICY = Policies.loaded(TEXT);
  private static final RoleArn A = RoleArn.parse(Policies.ROLE + "a");
  private static final StatedCall BLUE =
      StatedCall.none().withHeader("x-tenant", "blue").withHeader("x-stage", "test");

  private static Explanation explain(AccessPolicy policy, StatedCall call) {
    return Explanation.of(policy, CallerQuery.of(A), MethodPath.parse("/s.S/Put"), call);
  }

  private static List<String> unmet(StatedCall call) {
    return explain(POLICY, call).near().stream()
        .flatMap(near -> near.unmet().stream())
        .map(UnmetCondition::toString)
        .toList();
  }

  @Test
  void call_thatMeetsTheConditions_isAllowedByThem() {
    Explanation explanation = explain(POLICY, BLUE.from("10.0.0.1"));

    assertThat(explanation.isAllowed()).isTrue();
    assertThat(explanation.basis().clause().orElseThrow().conditions())
        .isEqualTo(
            CallConditions.from("10.0.0.0/8", "2001:db8::/32")
                .and(CallConditions.withHeader("x-tenant", "blue", "green-*"))
                .and(CallConditions.withHeader("x-stage", "*")));
  }

  @Test
  void call_thatMissesConditions_isToldEach() {
    assertThat(unmet(StatedCall.none().withHeader("x-tenant", "red").from("198.51.100.7")))
        .containsExactly(
            "address: 198.51.100.7 (expected: 192.0.2.0/24)",
            "address: 198.51.100.7 (expected: 10.0.0.0/8 or 2001:db8::/32)",
            "header x-tenant: \"red\" (expected: blue or green-*)",
            "header x-stage: absent (expected: any value)");
  }

  @Test
  void call_fromAnUnknownAddress_isDenied_andToldWhatAllows() {
    Explanation explanation = explain(POLICY, BLUE);

    assertThat(explanation.isAllowed()).isFalse();
    assertThat(explanation.basis().decision().rule()).isPresent();
    assertThat(explanation.basis().clause()).isPresent();
  }

  @Test
  void change_thatIsSuggested_givesTheOtherAnswer() {
    Explanation explanation = explain(POLICY, BLUE.from("198.51.100.7"));

    assertThat(explanation.near())
        .extracting(NearMiss::why)
        .containsExactly(NearMiss.Why.CONDITIONS_NOT_MET, NearMiss.Why.CONDITIONS_NOT_MET);
    assertThat(explanation.suggestions())
        .anySatisfy(
            line -> assertThat(line).startsWith("take networks out of rule \"blue from inside\""))
        .hasSize(2);
    AccessPolicy changed =
        Policies.loaded(TEXT.replace("networks: [\"10.0.0.0/8\", \"2001:db8::/32\"]", ""));
    assertThat(explain(changed, BLUE.from("198.51.100.7")).isAllowed()).isTrue();
  }

  @Test
  void rule_ofOtherMethodsWhoseConditionsDoNotHold_isNotNear() {
    Explanation explanation =
        Explanation.of(
            POLICY,
            CallerQuery.of(A),
            MethodPath.parse("/s.S/Get"),
            StatedCall.none().from("192.0.2.1"));

    assertThat(explanation.near()).isEmpty();
    assertThat(explanation.suggestions()).hasSize(1);
  }

  @Test
  void cases_withHeadersAndAddress_areAsked() {
    String table =
        """
        cases:
          - caller: arn:aws:iam::111122223333:role/a
            method: /s.S/Put
            headers: {x-tenant: blue, x-stage: test}
            address: 10.0.0.1
            expect: allow
          - caller: arn:aws:iam::111122223333:role/a
            method: /s.S/Put
            headers: {x-tenant: red, x-stage: test}
            address: 10.0.0.1
            expect: deny
          - {caller: "arn:aws:iam::111122223333:role/a", method: /s.S/Put, expect: deny}
        """;

    assertThat(PolicyCases.read("c.yaml", table.getBytes(UTF_8)).under(POLICY))
        .hasSize(3)
        .allMatch(CaseResult::passed);
  }

  @ParameterizedTest
  @Tag("attack")
  @CsvSource(
      delimiter = '|',
      value = {
        "headers: [x] | headers: a list (expected: a mapping of at least one)",
        "headers: {} | headers: an empty mapping (expected: a mapping of at least one)",
        "headers: {x-tenant: 1} | header x-tenant: \"1\" is a number (expected: a string, in quotes: \"1\")",
        "headers: {X-Tenant: blue} | header: \"X-Tenant\" (expected: x-tenant, in lower case)",
        "headers: {authorization: x} | header: \"authorization\" (expected: a header that holds no"
            + " credential; principals mean the callers)",
        "headers: {x: a, x: b} | repeated key \"x\" (expected: once, its values joined by ,)",
        "address: localhost | address: \"localhost\" (expected: an IPv4 or IPv6 address)",
        "address: 10.0.0.0/8 | address: \"10.0.0.0/8\" (expected: an IPv4 or IPv6 address)",
        "adress: 10.0.0.1 | unknown key \"adress\" (expected: address)",
      })
  void case_withAWrongFact_isRejected(String line, String problem) {
    String table =
        "cases:\n  - caller: nobody\n    method: /s.S/Put\n    expect: deny\n    " + line + "\n";

    assertThatThrownBy(() -> PolicyCases.read("c.yaml", table.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            InvalidPolicyException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .satisfies(found -> assertThat(found.message()).isEqualTo(problem)));
  }

  @Test
  void case_askedTwiceWithTheSameFacts_isRejected() {
    String one =
        "  - {caller: nobody, method: /s.S/Put, expect: deny, headers: {x: a}, address: 10.0.0.1}\n";

    assertThatThrownBy(() -> PolicyCases.read("c.yaml", ("cases:\n" + one + one).getBytes(UTF_8)))
        .hasMessageContaining("a case of the same caller, method, headers and address");
    assertThat(
            PolicyCases.read("c.yaml", ("cases:\n" + one + one.replace("a}", "b}")).getBytes(UTF_8))
                .cases())
        .hasSize(2);
  }

  @Test
  void statedCall_repeatedHeader_isJoined_andPrintedOnOneLine() {
    StatedCall call =
        StatedCall.none().withHeader("x", "a").withHeader("x", "b").from("::ffff:10.0.0.1");

    assertThat(call).hasToString("header x: \"a,b\", address 10.0.0.1");
    assertThat(StatedCall.none()).hasToString("no headers, address unknown");
    assertThatThrownBy(() -> StatedCall.none().withHeader("x", "a\nb"))
        .hasMessageEndingWith("(expected: printable ASCII characters)");
  }
}
