package dev.rolecall.policytools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.Position;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.Validity;
import dev.rolecall.policy.condition.CallFacts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The explanation for a person who asks why. */
final class ExplanationTest {

  private static final AccessPolicy POLICY = Policies.loaded(Policies.ORDERS);

  @Test
  void explain_allowed_namesTheRuleAndItsPlace() {
    Explanation explanation = explain("checkout", "/orders.v1.Orders/Create");

    assertThat(explanation.basis().decision())
        .isEqualTo(
            new Decision.Allowed(RuleName.parse("checkout writes"), new Validity.ForCaller()));
    assertThat(explanation.basis().ruleAt()).contains(new Place("p.yaml", new Position(7, 5)));
    assertThat(explanation.isAllowed()).isTrue();
    assertThat(explanation.near()).isEmpty();
  }

  @Test
  void explain_denied_namesTheDenyRule() {
    Explanation explanation = explain("contractor-1", "/orders.v1.Orders/Delete");

    assertThat(explanation.basis().decision())
        .isEqualTo(
            new Decision.Denied(Optional.of(RuleName.parse("frozen")), new Validity.ForCaller()));
    assertThat(explanation.basis().ruleAt()).contains(new Place("p.yaml", new Position(3, 5)));
    assertThat(explanation.near()).isEmpty();
  }

  @Test
  void explain_noMatch_listsTheRulesThatCameNear() {
    assertThat(near(explain("checkout", "/orders.v1.Orders/Delete")))
        .containsExactly(
            "checkout writes OTHER_METHODS",
            "admins OTHER_CALLERS",
            "everyone in the account reads OTHER_METHODS");
  }

  @Test
  void explain_pinnedRoleWithoutOrWithAnotherId_saysThatTheIdIsWhatIsMissing() {
    MethodPath create = MethodPath.parse("/orders.v1.Orders/Create");
    RoleArn batch = RoleArn.parse(Policies.ROLE + "batch");

    assertThat(near(explain("batch", create.value()))).contains("pinned OTHER_ROLE_ID");
    assertThat(
            near(
                Explanation.of(
                    POLICY, batch, Optional.of(RoleId.parse("AROAEXAMPLE000000002")), create)))
        .contains("pinned OTHER_ROLE_ID");
    assertThat(Explanation.of(POLICY, batch, Optional.of(Policies.ID), create).isAllowed())
        .isTrue();
  }

  @Test
  void explain_denyRulePinnedToAnId_isToldOfWithAnAllowedRole() {
    AccessPolicy policy =
        Policies.loaded(
            """
            name: x
            deny_rules:
              - name: old one
                source: {principals: ["arn:aws:iam::111122223333:role/a#AROAEXAMPLE000000001"]}
                request: {paths: [/a.B/C]}
            allow_rules:
              - name: a
                source: {principals: ["arn:aws:iam::111122223333:role/a"]}
                request: {paths: [/a.B/C]}
            """);
    Explanation explanation =
        Explanation.of(
            policy,
            RoleArn.parse(Policies.ROLE + "a"),
            Optional.of(RoleId.parse("AROAEXAMPLE000000002")),
            MethodPath.parse("/a.B/C"));

    assertThat(explanation.isAllowed()).isTrue();
    assertThat(near(explanation)).containsExactly("old one OTHER_ROLE_ID");
  }

  @Test
  void explain_publicMethod_isAllowedWhateverTheDecision() {
    Explanation explanation = explain("anybody", "/grpc.health.v1.Health/Check");

    assertThat(explanation.publicMethod()).isTrue();
    assertThat(explanation.basis().decision().isAllowed()).isFalse();
    assertThat(explanation.isAllowed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"a, /s.S/M", "a, /s.S/N", "b, /s.S/M", "c, /s.S/M", "d, /s.S/M", "a, /s.S/Other"})
  void explain_narrowedPolicy_saysTheDecisionOfBoth(String name, String path) {
    AccessPolicy both = Policies.WIDE.narrowedBy(Policies.NARROW);
    RoleArn role = RoleArn.parse(Policies.ROLE + name);
    MethodPath method = MethodPath.parse(path);

    assertThat(Explanation.of(both, role, Optional.empty(), method).basis().decision())
        .isEqualTo(both.evaluate(IamRole.ofUnknownId(role), method, CallFacts.unknown()));
  }

  private static Explanation explain(String role, String method) {
    return Explanation.of(
        POLICY, RoleArn.parse(Policies.ROLE + role), Optional.empty(), MethodPath.parse(method));
  }

  private static List<String> near(Explanation explanation) {
    return explanation.near().stream().map(miss -> miss.rule() + " " + miss.why()).toList();
  }
}
