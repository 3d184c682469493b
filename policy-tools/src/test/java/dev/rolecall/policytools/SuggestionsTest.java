package dev.rolecall.policytools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.Position;
import dev.rolecall.policy.RulePrincipal;
import dev.rolecall.policy.condition.CallConditions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each change that is said to flip an answer is made, and flips it. */
final class SuggestionsTest {

  private static final String ROLE = Policies.ROLE + "kim";
  private static final RoleArn KIM = RoleArn.parse(ROLE);
  private static final String METHOD = "/s.S/Get";

  private static final String ALLOWED =
      """
      name: x
      allow_rules:
        - name: gets
          source: {principals: ["arn:aws:iam::111122223333:role/k*"]}
          request: {paths: ["/s.S/G*", "/s.S/Get"]}
        - name: all
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request: {paths: ["/s.S/*"]}
      """;

  private static final String DENIED =
      """
      name: x
      deny_rules:
        - name: frozen
          source: {principals: ["arn:aws:iam::111122223333:role/kim"]}
          request: {paths: ["/s.S/*"]}
      """;

  private static Explanation explain(String policy) {
    return Explanation.of(Policies.loaded(policy), KIM, Optional.empty(), MethodPath.parse(METHOD));
  }

  private static boolean allowed(String policy) {
    return explain(policy).isAllowed();
  }

  private static String with(String policy, String section, String principal, String path) {
    String rule =
        """
        %s:
          - name: added
            source: {principals: ["%s"]}
            request: {paths: ["%s"]}
        """;
    return policy + rule.formatted(section, principal, path);
  }

  @Test
  void allowedByTwoRules_isDeniedByADenyRule_orByTakingItOutOfBoth() {
    Explanation explanation = explain(ALLOWED);

    assertThat(explanation.isAllowed()).isTrue();
    assertThat(explanation.basis().clause())
        .contains(
            new MatchedClause(
                new RulePrincipal.Single(
                    RolePattern.parse("arn:aws:iam::111122223333:role/k*"),
                    Optional.of(new Place("p.yaml", new Position(4, 27)))),
                Optional.empty(),
                MethodPattern.parse("/s.S/G*"),
                Optional.of(new Place("p.yaml", new Position(5, 23))),
                Policies.loaded(ALLOWED).rules().get(0).source(),
                CallConditions.none()));
    assertThat(explanation.suggestions())
        .containsExactly(
            "add a deny rule for \"" + ROLE + "\" and \"/s.S/Get\"",
            "take principal \"arn:aws:iam::111122223333:role/k*\", or path \"/s.S/G*\" and"
                + " \"/s.S/Get\", out of rule \"gets\" (p.yaml:3:5); and take principal"
                + " \"arn:aws:iam::111122223333:*\", or path \"/s.S/*\", out of rule \"all\" (p.yaml:6:5)");
    assertThat(allowed(with(ALLOWED, "deny_rules", ROLE, METHOD))).isFalse();
    String oneOut = ALLOWED.replace("role/k*", "role/other");
    assertThat(allowed(oneOut)).isTrue();
    assertThat(allowed(oneOut.replace("/s.S/*", "/s.S/Other"))).isFalse();
  }

  @Test
  void deniedByARuleAndAllowedByNone_needsBothChanges() {
    Explanation explanation = explain(DENIED);

    assertThat(explanation.suggestions())
        .containsExactly(
            "take principal \""
                + ROLE
                + "\", or path \"/s.S/*\", out of rule \"frozen\" (p.yaml:3:5); and add an allow rule for \""
                + ROLE
                + "\" and \"/s.S/Get\"");
    String lifted = DENIED.replace("role/kim", "role/other");
    assertThat(allowed(lifted)).isFalse();
    assertThat(allowed(with(DENIED, "allow_rules", ROLE, METHOD))).isFalse();
    assertThat(allowed(with(lifted, "allow_rules", ROLE, METHOD))).isTrue();
  }

  @Test
  void deniedByARuleAlone_needsThatRuleLifted() {
    String both = with(DENIED, "allow_rules", ROLE, METHOD);

    assertThat(explain(both).suggestions())
        .containsExactly(
            "take principal \""
                + ROLE
                + "\", or path \"/s.S/*\", out of rule \"frozen\" (p.yaml:3:5)");
    assertThat(allowed(both.replace("/s.S/*", "/s.S/Put"))).isTrue();
  }

  @Test
  void allowedByNoRule_isAllowedByWhatComesNear_orByARuleOfItsOwn() {
    String near =
        """
        name: x
        allow_rules:
          - name: kim puts
            source: {principals: ["arn:aws:iam::111122223333:role/kim"]}
            request: {paths: ["/s.S/Put"]}
          - name: others get
            source: {principals: ["arn:aws:iam::111122223333:role/lee"]}
            request: {paths: ["/s.S/Get"]}
          - name: an old kim gets
            source: {principals: ["arn:aws:iam::111122223333:role/kim#AROAEXAMPLE000000001"]}
            request: {paths: ["/s.S/Get"]}
          - name: far
            source: {principals: ["arn:aws:iam::111122223333:role/lee"]}
            request: {paths: ["/s.S/Put"]}
        """;

    assertThat(explain(near).basis().clause()).isEmpty();
    assertThat(explain(near).suggestions())
        .containsExactly(
            "add path \"/s.S/Get\" to rule \"kim puts\" (p.yaml:3:5)",
            "add principal \"" + ROLE + "\" to rule \"others get\" (p.yaml:6:5)",
            "pin the unique id that the role has now in rule \"an old kim gets\" (p.yaml:9:5)",
            "add an allow rule for \"" + ROLE + "\" and \"/s.S/Get\"");
    assertThat(allowed(near.replace("[\"/s.S/Put\"]", "[\"/s.S/Put\", \"/s.S/Get\"]"))).isTrue();
    assertThat(allowed(near.replace("role/lee", "role/kim"))).isTrue();
  }

  @Test
  void publicMethod_isDeniedOnceItIsNoMorePublic_andNoRuleAllowsIt() {
    String open = "name: x\npublic_methods: [\"/s.S/Get\", \"/s.S/G*\"]\n";

    assertThat(explain(open).suggestions())
        .containsExactly(
            "take \"/s.S/Get\" (p.yaml:2:18), \"/s.S/G*\" (p.yaml:2:30) out of public_methods");
    assertThat(explain(with(open, "allow_rules", ROLE, METHOD)).suggestions())
        .singleElement()
        .asString()
        .startsWith(
            "take \"/s.S/Get\" (p.yaml:2:18), \"/s.S/G*\" (p.yaml:2:30) out of public_methods; and take")
        .endsWith("out of rule \"added\" (p.yaml:4:5)");
  }

  @Test
  void policyUnderAnother_namesNoChange() {
    AccessPolicy both = Policies.loaded(ALLOWED).narrowedBy(Policies.loaded(DENIED));

    assertThat(Explanation.of(both, KIM, Optional.empty(), MethodPath.parse(METHOD)).suggestions())
        .isEqualTo(List.of());
  }
}
