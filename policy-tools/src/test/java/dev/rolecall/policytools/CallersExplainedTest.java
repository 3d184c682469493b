package dev.rolecall.policytools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.document.InvalidPolicyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers of every kind and their attributes, in explanations and in tables of cases. */
@Tag("attack")
final class CallersExplainedTest {

  private static final MethodPath PUT = MethodPath.parse("/s.S/Put");
  private static final CallerQuery DEPLOY =
      CallerQuery.parse("oidc:github:repo:acme/shop:environment:prod");

  private static final AccessPolicy POLICY =
      Policies.loaded(
          """
          name: x
          groups:
            agents: ["oidc:okta:agent"]
          deny_rules:
            - name: frozen agent
              source: {principals: ["oidc:okta:mallory"]}
              request: {paths: ["/s.S/*"]}
            - name: pinned
              source: {principals: ["arn:aws:iam::111122223333:role/batch#AROAEXAMPLE000000001"]}
              request: {paths: ["/s.S/*"]}
          allow_rules:
            - name: deploys
              source:
                principals: ["oidc:github:repo:acme/*"]
                claims:
                  - {claim: repository_owner_id, equals: "1234"}
                  - {claim: environment, any_of: [prod, staging]}
                scopes: ["orders:write"]
              request: {paths: ["/s.S/Put"]}
            - name: agents for people
              source: {principals: ["oidc:okta:kim"], actors: ["group:agents"]}
              request: {paths: ["/s.S/Put"]}
            - name: people
              source: {principals: ["oidc:okta:lee"]}
              request: {paths: ["/s.S/Put"]}
            - name: team
              source:
                principals: ["arn:aws:iam::111122223333:*"]
                tags: [{tag: team, equals: payments}]
              request: {paths: ["/s.S/Put"]}
          """);

  private static Explanation explain(CallerQuery caller) {
    return Explanation.of(POLICY, caller, PUT, StatedCall.none());
  }

  private static List<String> near(Explanation explanation) {
    return explanation.near().stream()
        .filter(near -> near.why() == NearMiss.Why.CONDITIONS_NOT_MET)
        .flatMap(near -> near.unmet().stream().map(UnmetCondition::toString))
        .toList();
  }

  @Test
  void nearMiss_ofClaimsAndScopes_saysWhichAreAbsentOrOther() {
    assertThat(near(explain(DEPLOY)))
        .containsExactly(
            "claim repository_owner_id: absent (expected: \"1234\")",
            "claim environment: absent (expected: \"prod\" or \"staging\")",
            "scope orders:write: absent (expected: granted)");
    Attributes stated =
        Attributes.none()
            .withClaims(
                Map.of(
                    "repository_owner_id", new ClaimValue.Whole(1234),
                    "environment", new ClaimValue.Text("dev")))
            .withScopes(Set.of("orders:write"));
    assertThat(near(explain(DEPLOY.with(stated))))
        .containsExactly(
            "claim repository_owner_id: 1234 (expected: \"1234\")",
            "claim environment: \"dev\" (expected: \"prod\" or \"staging\")");
    assertThat(explain(DEPLOY.with(stated)).suggestions())
        .containsExactly(
            "take claim repository_owner_id and claim environment out of rule \"deploys\""
                + " (p.yaml:12:5)",
            "add principal \"oidc:github:repo:acme/shop:environment:prod\" to rule \"people\""
                + " (p.yaml:23:5)",
            "add an allow rule for \"oidc:github:repo:acme/shop:environment:prod\" and"
                + " \"/s.S/Put\"");
  }

  @Test
  void explanation_ofACallerThatMeetsAll_isAllowedBecauseOfThem() {
    Attributes stated =
        Attributes.none()
            .withClaims(
                Map.of(
                    "repository_owner_id", new ClaimValue.Text("1234"),
                    "environment", new ClaimValue.Text("prod")))
            .withScopes(Set.of("orders:write"));
    Explanation explanation = explain(DEPLOY.with(stated));

    assertThat(explanation.isAllowed()).isTrue();
    assertThat(explanation.basis().clause().orElseThrow().source().conditions().claims())
        .hasSize(2);
  }

  @Test
  void nearMiss_ofActors_saysWhoActs() {
    CallerQuery kim = CallerQuery.parse("oidc:okta:kim");
    CallerQuery lee = CallerQuery.parse("oidc:okta:lee");
    Attributes byAgent = Attributes.none().withActors(List.of(OidcSubject.of("okta", "agent")));

    assertThat(explain(kim.with(byAgent)).isAllowed()).isTrue();
    assertThat(explain(lee).isAllowed()).isTrue();
    assertThat(near(explain(kim))).containsExactly("actor: none (expected: group:agents)");
    assertThat(near(explain(lee.with(byAgent))))
        .containsExactly("actor: oidc:okta:agent (expected: none, as the rule has no actors)");
    assertThat(explain(lee.with(byAgent)).suggestions())
        .contains("add actors [\"oidc:okta:agent\"] to rule \"people\" (p.yaml:23:5)");
  }

  @Test
  void denyRule_ofTheActor_isNamedWithThePrincipalThatActs() {
    Attributes byMallory = Attributes.none().withActors(List.of(OidcSubject.of("okta", "mallory")));
    Explanation explanation = explain(CallerQuery.parse("oidc:okta:kim").with(byMallory));

    assertThat(explanation.isAllowed()).isFalse();
    assertThat(explanation.basis().clause().orElseThrow().principalInWords())
        .isEqualTo("\"oidc:okta:mallory\"");
  }

  @Test
  void nearMiss_ofATagOfARole_saysItIsAbsent() {
    CallerQuery role = CallerQuery.parse("arn:aws:iam::111122223333:role/checkout");

    assertThat(near(explain(role))).containsExactly("tag team: absent (expected: \"payments\")");
    assertThat(
            explain(role.with(Attributes.none().withTags(Map.of("team", "payments")))).isAllowed())
        .isTrue();
  }

  @Test
  void role_whoseIdIsNotStated_isDeniedByARuleThatIsPinned() {
    String batch = "arn:aws:iam::111122223333:role/batch";

    assertThat(explain(CallerQuery.parse(batch)).basis().decision().rule().orElseThrow().value())
        .isEqualTo("pinned");
    assertThat(
            explain(CallerQuery.parse(batch + "#AROAEXAMPLE000000002")).basis().decision().rule())
        .isEmpty();
  }

  @Test
  void explanation_ofNobody_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> explain(CallerQuery.NOBODY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oidc:github:repo:acme/shop",
        "spiffe://example.org/ns/shop",
        "dns:partners:api.example.com",
        "key:ci",
        "arn:aws:iam::111122223333:role/x",
        "arn:aws:iam::111122223333:role/x#AROAEXAMPLE000000001",
        "nobody"
      })
  void caller_ofEachKind_isReadAndWrittenAlike(String text) {
    assertThat(CallerQuery.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oidc:github:*",
        "oidc:github:repo:acme/*",
        "client:okta:shop",
        "spiffe://example.org/*",
        "dns:api.example.com",
        "key:",
        "oidc:okta"
      })
  void caller_thatMeansSeveralOrNone_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallerQuery.parse(text))
        .withMessageStartingWith("caller: \"" + text + "\"");
  }

  @Test
  void cases_withAttributes_areAnsweredByThem() {
    PolicyCases cases =
        read(
            """
            cases:
              - caller: oidc:github:repo:acme/shop
                attributes:
                  claims: {repository_owner_id: "1234", environment: prod}
                  scopes: ["orders:write"]
                method: /s.S/Put
                expect: allow
              - {caller: "oidc:github:repo:acme/shop", method: /s.S/Put, expect: deny}
              - caller: oidc:github:repo:acme/shop
                attributes:
                  claims: {repository_owner_id: 1234, environment: prod}
                  scopes: ["orders:write"]
                method: /s.S/Put
                expect: deny
              - caller: oidc:okta:kim
                attributes: {actors: ["oidc:okta:agent"], client: shop}
                method: /s.S/Put
                expect: allow
              - caller: arn:aws:iam::111122223333:role/x
                attributes: {tags: {team: payments}}
                method: /s.S/Put
                expect: allow
            """);

    assertThat(cases.under(POLICY)).allMatch(CaseResult::passed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|attributes of nobody",
        "{actor: x}|unknown key \"actor\" (expected: actors)",
        "{client: 'a*'}|client: \"a*\" (expected: 1 to 255",
        "{scopes: ['a b']}|scope: \"a b\" (expected: one scope",
        "{scopes: []}|scopes: an empty list",
        "{claims: {}}|claims: an empty mapping",
        "{claims: {x: 1.5}}|x: \"1.5\" is a number (expected: a text, a whole number",
        "{claims: {x: a, x: b}}|claims: repeated key \"x\"",
        "{tags: {x: 7}}|tag x: \"7\" is a number (expected: a string",
        "{actors: ['oidc:okta:*']}|actor: \"oidc:okta:*\" (expected: one role's ARN",
        "{actors: ['key:a','key:b','key:c','key:d','key:e']}|actors: 5 (expected: at most 4)",
      })
  void cases_withWrongAttributes_areRefused(String attributes, String problem) {
    String caller = attributes.equals("{}") ? "nobody" : "oidc:okta:kim";
    String stated = attributes.equals("{}") ? "{client: x}" : attributes;

    assertThatThrownBy(
            () ->
                read(
                    "cases: [{caller: '"
                        + caller
                        + "', method: /s.S/Put, expect: deny, attributes: "
                        + stated
                        + "}]"))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void cases_thatDifferInAttributesAlone_areNotTheSame() {
    String one = "{caller: 'oidc:okta:kim', method: /s.S/Put, expect: deny";

    assertThat(read("cases: [" + one + "}, " + one + ", attributes: {client: a}}]").cases())
        .hasSize(2);
    assertThatThrownBy(
            () ->
                read(
                    "cases: ["
                        + one
                        + ", attributes: {client: a}}, "
                        + one
                        + ", attributes: {client: a}}]"))
        .hasMessageContaining("a case of the same caller, attributes, method");
  }

  private static PolicyCases read(String text) {
    return PolicyCases.read("c.yaml", text.getBytes(UTF_8));
  }

  @Test
  void claimValue_typedByAPerson_isJsonWhereItBeginsSo() {
    assertThat(AttributesText.claimValue("prod")).isEqualTo(new ClaimValue.Text("prod"));
    assertThat(AttributesText.claimValue("12")).isEqualTo(new ClaimValue.Whole(12));
    assertThat(AttributesText.claimValue("\"12\"")).isEqualTo(new ClaimValue.Text("12"));
    assertThat(AttributesText.claimValue("true")).isEqualTo(new ClaimValue.Truth(true));
    assertThat(AttributesText.claimValue("null")).isEqualTo(ClaimValue.Other.INSTANCE);
    assertThat(AttributesText.claimValue("{\"roles\": [\"writer\", 7]}"))
        .isEqualTo(
            new ClaimValue.Members(
                Map.of(
                    "roles",
                    new ClaimValue.Items(
                        List.of(new ClaimValue.Text("writer"), new ClaimValue.Whole(7))))));
    assertThat(AttributesText.claimValue("2026-11-29"))
        .isEqualTo(new ClaimValue.Text("2026-11-29"));
    assertThat(AttributesText.claimValue("*x")).isEqualTo(new ClaimValue.Text("*x"));
    for (String broken : List.of("1.5", "[1", "{\"a\"", "\"a", "[null]")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AttributesText.claimValue(broken))
          .withMessageContaining("(expected: JSON");
    }
  }

  @Test
  void words_ofAttributes_nameEach() {
    Attributes attributes =
        Attributes.none()
            .withClient("shop")
            .withScopes(Set.of("b", "a"))
            .withClaims(Map.of("env", new ClaimValue.Text("prod\n")))
            .withTags(Map.of("team", "pay"))
            .withActors(List.of(OidcSubject.of("okta", "agent")));

    assertThat(AttributesText.of(attributes))
        .isEqualTo(
            "client shop, scope a, scope b, claim env: \"prod\\u{a}\", tag team: \"pay\","
                + " actor oidc:okta:agent");
    assertThat(AttributesText.of(Attributes.none())).isEmpty();
    assertThat(Optional.of(attributes.actor())).isPresent();
  }
}
