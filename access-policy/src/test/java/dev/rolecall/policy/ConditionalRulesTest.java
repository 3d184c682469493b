package dev.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.condition.CallFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decisions by rules with conditions, and the calls that they hold for. */
@Tag("attack")
final class ConditionalRulesTest {

  private static final List<RolePattern> ALL =
      List.of(RolePattern.parse("arn:aws:iam::111122223333:*"));
  private static final List<RolePattern> CHECKOUT =
      List.of(RolePattern.parse(Callers.ROLE + "checkout"));
  private static final CallConditions INSIDE = CallConditions.from("10.0.0.0/8");
  private static final CallConditions BLUE = CallConditions.withHeader("x-tenant", "blue");

  private static final AccessPolicy POLICY =
      AccessPolicy.builder("orders")
          .deny("frozen tenants", ALL, CallConditions.withHeader("x-tenant", "frozen*"), "/o.O/Put")
          .allow("blue from inside", CHECKOUT, INSIDE.and(BLUE), "/o.O/Put", "/o.O/Get")
          .allow("all read", ALL, "/o.O/Get")
          .allow("only checkout lists", CHECKOUT, "/o.O/List")
          .build();

  private static final StatedFacts BLUE_INSIDE =
      StatedFacts.headers(Map.of("x-tenant", "blue")).from("10.0.0.1");

  @ParameterizedTest
  @CsvSource({
    // method, tenant, address, rule, whether the call was read
    "Put, blue, 10.0.0.1, blue from inside, true",
    "Put, blue, 192.0.2.1, -, true",
    "Put, red, 10.0.0.1, -, true",
    "Put, frozen-1, 10.0.0.1, frozen tenants, true",
    "Get, blue, 10.0.0.1, blue from inside, true",
    "Get, red, 10.0.0.1, all read, true",
    "List, red, 192.0.2.1, only checkout lists, false",
    "Delete, blue, 10.0.0.1, -, false",
  })
  void decision_isOfThisCallAsSoonAsARuleReadsIt(
      String method, String tenant, String address, String rule, boolean readsCall) {
    StatedFacts call = StatedFacts.headers(Map.of("x-tenant", tenant)).from(address);

    Decision decision = decide(POLICY, "checkout", method, call);

    assertThat(decision.rule().map(RuleName::value).orElse("-")).isEqualTo(rule);
    assertThat(decision.validity())
        .isEqualTo(readsCall ? new Validity.ThisCallOnly() : new Validity.ForCaller());
    assertThat(call.asked.isEmpty()).isEqualTo(!readsCall);
  }

  @Test
  void decision_ofACallerThatNoConditionMeans_readsNothing() {
    StatedFacts call = StatedFacts.headersUnknown();

    Decision decision = decide(POLICY, "batch", "Get", call);

    assertThat(decision.isAllowed()).isTrue();
    assertThat(decision.validity()).isEqualTo(new Validity.ForCaller());
    assertThat(call.asked).isEmpty();
  }

  @Test
  void decision_ofThisCall_isNotRemembered() {
    assertThat(decide(POLICY, "checkout", "Put", BLUE_INSIDE).isAllowed()).isTrue();
    assertThat(decide(POLICY, "checkout", "Put", CallFacts.unknown()).isAllowed()).isFalse();
    assertThat(decide(POLICY, "checkout", "Put", BLUE_INSIDE).isAllowed()).isTrue();
    assertThat(decide(POLICY, "checkout", "Get", BLUE_INSIDE).rule())
        .contains(RuleName.parse("blue from inside"));
    assertThat(decide(POLICY, "checkout", "Get", CallFacts.unknown()).rule())
        .contains(RuleName.parse("all read"));
  }

  @Test
  void memo_holdsNoDecisionOfOneCall() {
    AccessPolicy policy = AccessPolicy.builder("x").allow("blue", ALL, BLUE, "/o.O/Put").build();

    for (int i = 0; i < 100; i++) {
      Decision decision =
          decide(policy, "caller-" + i, "Put", i % 2 == 0 ? BLUE_INSIDE : CallFacts.unknown());
      assertThat(decision.isAllowed()).isEqualTo(i % 2 == 0);
    }

    assertThat(policy.memoSize()).isZero();
  }

  @Test
  void decision_withoutFacts_isByRulesThatNeedNone_andByAllThatDeny() {
    AccessPolicy policy =
        AccessPolicy.builder("x")
            .deny("not from outside", ALL, CallConditions.from("192.0.2.0/24"), "/o.O/Put")
            .allow("all", ALL, "/o.O/*")
            .build();
    MethodPath put = MethodPath.parse("/o.O/Put");

    assertThat(policy.decide(Callers.named("a"), put).rule())
        .contains(RuleName.parse("not from outside"));
    assertThat(decide(policy, "a", "Put", BLUE_INSIDE).isAllowed()).isTrue();
  }

  @Test
  void decision_onAnApiClient_readsTheCallToo() {
    AccessPolicy policy =
        AccessPolicy.builder("x")
            .allow("ci", List.of(PrincipalPattern.parse("key:ci")), BLUE, "/o.O/Put")
            .build();
    MethodPath put = MethodPath.parse("/o.O/Put");
    ApiClient ci = new ApiClient("ci");

    assertThat(policy.evaluate(ci, put, BLUE_INSIDE))
        .isEqualTo(new Decision.Allowed(RuleName.parse("ci"), new Validity.ThisCallOnly()));
    assertThat(policy.evaluate(ci, put, StatedFacts.headers(Map.of())))
        .isEqualTo(Decision.Denied.NO_MATCH.forThisCallOnly());
    assertThat(policy.evaluate(new ApiClient("other"), put, BLUE_INSIDE))
        .isEqualTo(Decision.Denied.NO_MATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "Put, true, narrow put, true",
    "Put, false, narrow no put, true",
    "Get, true, narrow all, true",
    "Get, false, narrow all, true",
    "List, true, narrow all, false",
  })
  void decision_ofTwoPolicies_isOfThisCallIfEitherReadsIt(
      String method, boolean inside, String rule, boolean readsCall) {
    AccessPolicy narrow =
        AccessPolicy.builder("narrow")
            .deny("narrow no put", ALL, CallConditions.from("192.0.2.0/24"), "/o.O/Put")
            .allow("narrow put", ALL, "/o.O/Put")
            .allow("narrow all", ALL, "/o.O/*")
            .build();
    StatedFacts call = inside ? BLUE_INSIDE : BLUE_INSIDE.from("192.0.2.1");

    Decision decision = decide(POLICY.narrowedBy(narrow), "checkout", method, call);

    assertThat(decision.rule()).contains(RuleName.parse(rule));
    assertThat(decision.validity())
        .isEqualTo(readsCall ? new Validity.ThisCallOnly() : new Validity.ForCaller());
  }

  private static Decision decide(AccessPolicy policy, String role, String method, CallFacts call) {
    return policy.decide(Callers.named(role), MethodPath.parse("/o.O/" + method), call);
  }
}
