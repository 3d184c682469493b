package dev.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.pattern.RolePattern;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of a policy as they are written, for people and the tools that explain a decision. */
final class WrittenPolicyTest {

  private static final RoleArn ROLE_A = RoleArn.parse(Callers.ROLE + "a");
  private static final RolePattern A = RolePattern.parse(Callers.ROLE + "a");
  private static final RolePattern PINNED = RolePattern.parse(Callers.ROLE + "a#" + Callers.ID);
  private static final RolePattern B = RolePattern.parse(Callers.ROLE + "b");

  private static final AccessPolicy POLICY =
      AccessPolicy.builder("orders")
          .allow("read", List.of(A, B, PINNED), "/s.S/Get", "/s.S/G*", "/s.S/List")
          .deny("no b", List.of(B), "/s.S/List")
          .publicMethods("/s.S/Open", "/s.S/Health")
          .build();

  private static final PolicyRule READ = POLICY.rule(RuleName.parse("read")).orElseThrow();

  @Test
  void rules_areThoseWritten_denyRulesFirst() {
    assertThat(POLICY.rules())
        .extracting(rule -> rule.name().value())
        .containsExactly("no b", "read");
    assertThat(READ.section()).isEqualTo(PolicySection.ALLOW_RULES);
    assertThat(POLICY.rule(RuleName.parse("no b")).orElseThrow().principals())
        .containsExactly(RulePrincipal.of(B));
    assertThat(POLICY.rule(RuleName.parse("other"))).isEmpty();
  }

  @Test
  void publicMethods_areThoseWritten_inTheirOrder() {
    assertThat(POLICY.publicMethods())
        .extracting(path -> path.pattern().toString())
        .containsExactly("/s.S/Open", "/s.S/Health");
  }

  @Test
  void layers_areThePolicyAndThoseThatNarrowIt_inTheirOrder() {
    AccessPolicy second = AccessPolicy.builder("second").build();
    AccessPolicy third = AccessPolicy.builder("third").build();

    assertThat(POLICY.narrowedBy(second).narrowedBy(third).layers())
        .extracting(AccessPolicy::name)
        .containsExactly("orders", "second", "third");
    assertThat(POLICY.layers()).containsExactly(POLICY);
  }

  @Test
  void principalsMatching_pinnedOneWithoutTheId_isLeftOut() {
    assertThat(READ.principalsMatching(new IamRole(ROLE_A, Callers.ID), Attributes.none()))
        .containsExactly(RulePrincipal.of(A), RulePrincipal.of(PINNED));
    assertThat(READ.principalsMatching(IamRole.ofUnknownId(ROLE_A), Attributes.none()))
        .containsExactly(RulePrincipal.of(A));
  }

  @Test
  void pathsMatching_areThoseThatMeanTheMethod() {
    assertThat(READ.pathsMatching(MethodPath.parse("/s.S/Get")))
        .extracting(path -> path.pattern().text())
        .containsExactly("/s.S/Get", "/s.S/G*");
    assertThat(READ.pathsMatching(MethodPath.parse("/s.S/Put"))).isEmpty();
  }

  @Test
  void toString_isTheTextThatWasParsed() {
    assertThat(MethodPath.parse("/s.S/Get")).hasToString("/s.S/Get");
    assertThat(MethodPattern.parse("/s.S/G*")).hasToString("/s.S/G*");
  }
}
