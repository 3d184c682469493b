package dev.rolecall.policytools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.Position;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.document.InvalidPolicyException;
import dev.rolecall.policy.grant.GrantRequirement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers and explanations about calls that need a grant. */
@Tag("attack")
final class GrantsExplainedTest {

  private static final String ON_CALL = Policies.ROLE + "on-call";

  private static final AccessPolicy POLICY =
      Policies.loaded(
          """
          name: orders
          deny_rules:
            - name: frozen
              source: {principals: ["arn:aws:iam::111122223333:role/frozen"]}
              request: {paths: ["/o.O/*"]}
          allow_rules:
            - name: admins
              source: {principals: ["arn:aws:iam::111122223333:*"], requires_grant: orders-admin}
              request: {paths: ["/o.O/Delete", "/o.O/Purge"]}
            - name: a region at a time
              source:
                principals: ["arn:aws:iam::111122223333:role/on-call"]
                requires_grant: {permission: region-admin, resource: "orders/{header:x-region}"}
              request: {paths: ["/o.O/Delete", "/o.O/Move"]}
            - name: on call reads
              source: {principals: ["arn:aws:iam::111122223333:role/on-call"]}
              request: {paths: ["/o.O/Get"]}
          public_methods: ["/o.O/Check"]
          """);

  /** Method, region, grants, the answer and why. */
  static Stream<Arguments> answers() {
    String admins = "(rule \"admins\" at p.yaml:7:5)";
    String region =
        "of region-admin for orders/{header:x-region} (rule \"a region at a time\" at p.yaml:10:5)";
    return Stream.of(
        arguments("Get", "", "", "allow", "by rule \"on call reads\" at p.yaml:15:5"),
        arguments("Get", "", "orders-admin", "allow", "by rule \"on call reads\" at p.yaml:15:5"),
        arguments(
            "Purge",
            "",
            "",
            "needs_grant",
            "a grant of orders-admin " + admins + " would allow it"),
        arguments(
            "Delete",
            "eu",
            "",
            "needs_grant",
            "a grant of orders-admin " + admins + " or " + region + " would allow it"),
        arguments(
            "Delete",
            "",
            "orders-admin",
            "allow",
            "by rule \"admins\" at p.yaml:7:5, with a grant of orders-admin"),
        arguments("Move", "eu", "", "needs_grant", "a grant " + region + " would allow it"),
        arguments(
            "Move",
            "eu",
            "region-admin:orders/eu",
            "allow",
            "by rule \"a region at a time\" at p.yaml:10:5, with a grant of region-admin for"
                + " orders/eu"),
        arguments(
            "Move",
            "eu",
            "region-admin",
            "allow",
            "by rule \"a region at a time\" at p.yaml:10:5, with a grant of region-admin for"
                + " orders/eu"),
        // A grant that is not enough.
        arguments("Move", "us", "region-admin:orders/eu", "needs_grant", "a grant " + region),
        arguments("Move", "EU", "region-admin:orders/eu", "needs_grant", "a grant " + region),
        arguments("Move", "eu,us", "region-admin:orders/eu", "needs_grant", "a grant " + region),
        arguments("Move", "eu/..", "region-admin", "needs_grant", "a grant " + region),
        arguments("Move", "", "region-admin", "needs_grant", "a grant " + region),
        arguments("Move", "eu", "orders-admin", "needs_grant", "a grant " + region),
        arguments("Purge", "eu", "orders-admin:orders/eu", "needs_grant", "a grant of orders-"),
        arguments("Purge", "eu", "region-admin", "needs_grant", "a grant of orders-admin"),
        arguments("Other", "eu", "orders-admin,region-admin", "deny", "no rule allows it"),
        arguments("Check", "", "", "allow", "the method is public: any caller may call it"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answer_isByTheGrantsThatAreStated(
      String method, String region, String grants, String answer, String why) {
    PolicyAnswer given = PolicyAnswer.of(POLICY, holding(grants), path(method), call(region));

    assertThat(given.answer()).hasToString(answer);
    assertThat(given.why()).startsWith(why);
    assertThat(explain(method, region, grants).isAllowed()).isEqualTo(answer.equals("allow"));
  }

  @Test
  void denyRule_holdsAgainstEachGrant() {
    CallerQuery frozen =
        CallerQuery.parse(Policies.ROLE + "frozen")
            .holding(List.of(StatedGrant.parse("orders-admin")));

    assertThat(PolicyAnswer.of(POLICY, frozen, path("Delete"), StatedCall.none()).answer())
        .isEqualTo(Answer.DENY);
    Explanation explanation = Explanation.of(POLICY, frozen, path("Delete"), StatedCall.none());
    assertThat(explanation.basis().rule()).contains(RuleName.parse("frozen"));
    assertThat(explanation.suggestions())
        .containsExactly(
            "take principal \"arn:aws:iam::111122223333:role/frozen\", or path \"/o.O/*\", out of"
                + " rule \"frozen\" (p.yaml:3:5)");
    assertThat(
            Explanation.of(
                    POLICY,
                    CallerQuery.parse(Policies.ROLE + "frozen"),
                    path("Delete"),
                    StatedCall.none())
                .suggestions())
        .singleElement()
        .asString()
        .endsWith("; and let the caller have a grant of orders-admin");
  }

  @Test
  void explanation_ofACallThatNeedsAGrant_namesEachGrantAndItsRule() {
    Explanation explanation = explain("Delete", "eu", "");

    assertThat(explanation.basis().rule()).isEmpty();
    assertThat(explanation.basis().clause()).isEmpty();
    assertThat(explanation.basis().needed().choices())
        .singleElement()
        .satisfies(
            choice -> {
              assertThat(choice)
                  .extracting(one -> one.rule().name() + ": " + one.inWords())
                  .containsExactly(
                      "admins: orders-admin", "a region at a time: region-admin for orders/eu");
              assertThat(choice).noneMatch(NeededGrants.One::isHeld);
              assertThat(choice).allMatch(one -> one.unusable().isEmpty());
            });
  }

  @Test
  void explanation_suggestsTheGrants_andNoRuleWithoutOne() {
    assertThat(explain("Delete", "eu", "").suggestions())
        .containsExactly(
            "let the caller have a grant of orders-admin",
            "let the caller have a grant of region-admin for orders/eu");
    assertThat(explain("Move", "", "region-admin").suggestions())
        .containsExactly(
            "send header x-region once, with a name of a resource; and let the caller have a grant"
                + " of region-admin for orders/{header:x-region}");
    assertThat(
            Stream.of("Delete", "Move", "Purge")
                .flatMap(method -> explain(method, "eu", "").suggestions().stream()))
        .noneMatch(line -> line.contains("requires_grant") || line.contains("allow rule"));
  }

  @Test
  void explanation_ofANearRuleThatRequiresAGrant_suggestsBoth() {
    assertThat(
            Explanation.of(
                    POLICY, CallerQuery.parse(Policies.ROLE + "batch"), path("Move"), call("eu"))
                .suggestions())
        .contains(
            "add principal \"arn:aws:iam::111122223333:role/batch\" to rule \"a region at a time\""
                + " (p.yaml:10:5); and let the caller have a grant of region-admin for orders/eu");
  }

  @Test
  void explanation_ofACallThatAGrantAllows_namesTheRuleAndWhatMatched() {
    Explanation explanation = explain("Move", "eu", "region-admin:orders/eu");

    assertThat(explanation.basis().rule()).contains(RuleName.parse("a region at a time"));
    assertThat(explanation.basis().ruleAt().map(at -> at.position())).contains(new Position(10, 5));
    assertThat(explanation.basis().clause().map(clause -> clause.path().text()))
        .contains("/o.O/Move");
    assertThat(explanation.near()).isEmpty();
    assertThat(explanation.suggestions())
        .containsExactly(
            "add a deny rule for \"arn:aws:iam::111122223333:role/on-call\" and \"/o.O/Move\"",
            "take principal \"arn:aws:iam::111122223333:role/on-call\", or path \"/o.O/Move\", out"
                + " of rule \"a region at a time\" (p.yaml:10:5)");
  }

  @Test
  void explanation_ofTwoPolicies_needsAGrantOfEach() {
    AccessPolicy narrow =
        AccessPolicy.builder("narrow")
            .allow(
                "night",
                PolicyRule.Source.of(List.of(RolePattern.parse(ON_CALL)))
                    .requiring(GrantRequirement.of("night-shift")),
                CallConditions.none(),
                "/o.O/*")
            .build();
    AccessPolicy both = POLICY.narrowedBy(narrow);

    assertThat(PolicyAnswer.of(both, holding("orders-admin"), path("Purge")).why())
        .isEqualTo(
            "a grant of orders-admin (rule \"admins\" at p.yaml:7:5), and one of night-shift (rule"
                + " \"night\") would allow it");
    PolicyAnswer allowed =
        PolicyAnswer.of(both, holding("orders-admin,night-shift"), path("Purge"));
    assertThat(allowed.answer()).isEqualTo(Answer.ALLOW);
    assertThat(allowed.why())
        .isEqualTo("by rule \"night\", with a grant of orders-admin and of night-shift");
    assertThat(
            Explanation.of(
                    both, holding("orders-admin,night-shift"), path("Purge"), StatedCall.none())
                .basis()
                .rule())
        .contains(RuleName.parse("night"));
  }

  @ParameterizedTest
  @CsvSource({
    "orders-admin, orders-admin",
    "orders-admin:orders, orders-admin:orders",
    "a:b/c.d~e, a:b/c.d~e",
  })
  void grant_ofTheForm_isRead(String text, String read) {
    assertThat(StatedGrant.parse(text)).hasToString(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", "a:", ":b", "A", "a:b:c", "a b", "a:..", "a:/b", "a:{header:x}", "a,b"})
  void grant_ofAnotherForm_isRefused(String text) {
    assertThatThrownBy(() -> StatedGrant.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" (expected: ");
  }

  @Test
  void grants_areInOrder_andOnce_andNotNobodys() {
    assertThat(holding("b,a:x,a,b").grants()).hasToString("[a, a:x, b]");
    assertThat(holding("b,a")).isEqualTo(holding("a,b"));
    List<StatedGrant> one = List.of(StatedGrant.parse("a"));
    assertThatThrownBy(() -> CallerQuery.NOBODY.holding(one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("grants of nobody (expected: none)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "orders-admin | grants: \"orders-admin\" is a string",
        "[] | grants: an empty list (expected: a list of at least one)",
        "[7] | a grant: \"7\" is a number (expected: a permission, or a mapping",
        "[[a]] | a grant: a list (expected: a permission, or a mapping",
        "[A] | permission: \"A\" (expected: a)",
        "[\"a:b\"] | permission: a:b (expected: ",
        "[{resource: b}] | a grant has no \"permission\" (expected: a permission key)",
        "[{permission: a, resource: \"{header:x}\"}] | resource: {header:x} (expected: ",
        "[{permission: a, resource: ../b}] | resource: ../b (expected: ",
        "[{permission: a, resource: }] | resource: nothing (expected: a string)",
        "[{permission: a, until: x}] | unknown key \"until\" (expected: permission, resource)",
      })
  void grantOfACase_thatIsNone_isRefused(String grants, String problem) {
    String table =
        "cases:\n  - {caller: \"key:ci\", method: /o.O/Get, expect: deny, grants: "
            + grants
            + "}\n";

    assertThatThrownBy(() -> cases(table))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void cases_withGrants_areAnswered_andAreAskedOnceEach() {
    String start = "cases:\n";
    String role = "  - {caller: \"" + ON_CALL + "\", method: /o.O/Move, headers: {x-region: eu}";
    String table =
        start
            + role
            + ", expect: needs_grant}\n"
            + role
            + ", grants: [region-admin], expect: allow}\n"
            + role
            + ", grants: [{permission: region-admin, resource: orders/eu}], expect: allow}\n"
            + role
            + ", grants: [{permission: region-admin, resource: orders/us}], expect: needs_grant}\n"
            + role
            + ", grants: [orders-admin], expect: deny}\n";

    assertThat(cases(table).under(POLICY))
        .extracting(CaseResult::passed)
        .containsExactly(true, true, true, true, false);
    assertThatThrownBy(() -> cases(table + role + ", grants: [region-admin], expect: deny}\n"))
        .hasMessageContaining(
            "a case of the same caller, attributes, grants, method, headers and address");
  }

  private static PolicyCases cases(String text) {
    return PolicyCases.read("cases.yaml", text.getBytes(UTF_8));
  }

  private static Explanation explain(String method, String region, String grants) {
    return Explanation.of(POLICY, holding(grants), path(method), call(region));
  }

  private static CallerQuery holding(String grants) {
    return CallerQuery.parse(ON_CALL)
        .holding(
            Stream.of(grants.split(",", -1))
                .filter(grant -> !grant.isEmpty())
                .map(StatedGrant::parse)
                .toList());
  }

  private static StatedCall call(String region) {
    return region.isEmpty() ? StatedCall.none() : StatedCall.none().withHeader("x-region", region);
  }

  private static MethodPath path(String method) {
    return MethodPath.parse("/o.O/" + method);
  }
}
