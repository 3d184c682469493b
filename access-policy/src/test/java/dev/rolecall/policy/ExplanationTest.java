package dev.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said to the person who asks why. */
final class ExplanationTest {

  private static final AccessPolicy POLICY = PolicyLoadedTest.loaded(PolicyLoadedTest.ORDERS);

  @Test
  void explain_allowed_namesTheRuleAndItsPlace() {
    Explanation explanation = explain("checkout", "/orders.v1.Orders/Create");

    assertThat(explanation.decision())
        .isEqualTo(new Decision.Allowed(RuleName.parse("checkout writes")));
    assertThat(explanation.ruleAt()).contains(new Position(7, 5));
    assertThat(explanation.isAllowed()).isTrue();
    assertThat(explanation.near()).isEmpty();
  }

  @Test
  void explain_denied_namesTheDenyRule() {
    Explanation explanation = explain("contractor-1", "/orders.v1.Orders/Delete");

    assertThat(explanation.decision())
        .isEqualTo(new Decision.Denied(Optional.of(RuleName.parse("frozen"))));
    assertThat(explanation.ruleAt()).contains(new Position(3, 5));
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
    RoleArn batch = RoleArn.parse(Callers.ROLE + "batch");

    assertThat(near(explain("batch", create.value()))).contains("pinned OTHER_ROLE_ID");
    assertThat(
            near(POLICY.explain(batch, Optional.of(RoleId.parse("AROAEXAMPLE000000002")), create)))
        .contains("pinned OTHER_ROLE_ID");
    assertThat(POLICY.explain(batch, Optional.of(Callers.ID), create).isAllowed()).isTrue();
  }

  @Test
  void explain_denyRulePinnedToAnId_isToldOfWithAnAllowedRole() {
    AccessPolicy policy =
        PolicyLoadedTest.loaded(
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
        policy.explain(
            RoleArn.parse(Callers.ROLE + "a"), Optional.empty(), MethodPath.parse("/a.B/C"));

    assertThat(explanation.isAllowed()).isTrue();
    assertThat(near(explanation)).containsExactly("old one OTHER_ROLE_ID");
  }

  @Test
  void explain_publicMethod_isAllowedWhateverTheDecision() {
    Explanation explanation = explain("anybody", "/grpc.health.v1.Health/Check");

    assertThat(explanation.publicMethod()).isTrue();
    assertThat(explanation.decision().isAllowed()).isFalse();
    assertThat(explanation.isAllowed()).isTrue();
  }

  @Test
  void unmatchedPaths_everySection_isReportedWithItsPlace() {
    assertThat(
            POLICY.unmatchedPaths(
                List.of("orders.v1.Orders/Create", "orders.v1.Orders/Get", "grpc.health.v1/Check")))
        .extracting(UnmatchedPath::toString)
        .containsExactly(
            "5:23: deny_rules, rule \"frozen\": \"/orders.v1.Orders/Delete\""
                + " matches no method of the server",
            "9:51: allow_rules, rule \"checkout writes\": \"/orders.v1.Orders/Cancel\""
                + " matches no method of the server",
            "19:18: public_methods: \"/grpc.health.v1.Health/*\" matches no method of the server");
  }

  @Test
  void unmatchedPaths_allThere_isEmpty() {
    assertThat(
            POLICY.unmatchedPaths(
                List.of(
                    "orders.v1.Orders/Create",
                    "orders.v1.Orders/Cancel",
                    "orders.v1.Orders/Delete",
                    "orders.v1.Orders/GetAll",
                    "grpc.health.v1.Health/Check")))
        .isEmpty();
  }

  private static Explanation explain(String role, String method) {
    return POLICY.explain(
        RoleArn.parse(Callers.ROLE + role), Optional.empty(), MethodPath.parse(method));
  }

  private static List<String> near(Explanation explanation) {
    return explanation.near().stream().map(miss -> miss.rule() + " " + miss.why()).toList();
  }
}
