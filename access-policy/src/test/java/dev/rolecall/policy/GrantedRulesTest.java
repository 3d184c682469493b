package dev.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.Decision.GrantedRule;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.PermissionName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decisions by rules that require a grant, which a policy never takes for held. */
@Tag("attack")
final class GrantedRulesTest {

  private static final List<RolePattern> ALL =
      List.of(RolePattern.parse("arn:aws:iam::111122223333:*"));
  private static final List<RolePattern> CHECKOUT =
      List.of(RolePattern.parse(Callers.ROLE + "checkout"));
  private static final List<RolePattern> BATCH = List.of(RolePattern.parse(Callers.ROLE + "batch"));
  private static final CallConditions INSIDE = CallConditions.from("10.0.0.0/8");
  private static final CallConditions NONE = CallConditions.none();
  private static final GrantRequirement ADMIN = GrantRequirement.of("orders-admin");
  private static final GrantRequirement REGION =
      GrantRequirement.of("orders-admin", "orders/{header:x-region}");

  private static final AccessPolicy POLICY =
      AccessPolicy.builder("orders")
          .allow("granted", requiring(ALL, ADMIN), NONE, "/o.O/*")
          .allow("granted by region", requiring(CHECKOUT, REGION), NONE, "/o.O/Put")
          .allow("checkout reads", CHECKOUT, "/o.O/Get")
          .deny("batch deletes nothing", BATCH, "/o.O/Delete")
          .publicMethods("/o.O/Check")
          .build();

  private static PolicyRule.Source requiring(List<RolePattern> principals, GrantRequirement grant) {
    return PolicyRule.Source.of(principals).requiring(grant);
  }

  @ParameterizedTest
  @CsvSource({
    "checkout, Get, by checkout reads",
    "batch, Get, needs [[granted: orders-admin]]",
    "batch, Delete, denied by batch deletes nothing",
    "checkout, Delete, needs [[granted: orders-admin]]",
    "other, Put, needs [[granted: orders-admin]]",
  })
  void decision_isByTheRuleThatNeedsNoGrant_beforeThoseThatDo(
      String role, String method, String said) {
    assertThat(said(decide(POLICY, role, method))).isEqualTo(said);
  }

  @Test
  void decision_ofSeveralGrantedRules_isOneChoiceOfThemAll() {
    assertThat(decide(POLICY, "checkout", "Put"))
        .isEqualTo(
            new Decision.NeedsGrant(
                List.of(List.of(granted("granted", ADMIN), granted("granted by region", REGION))),
                new Validity.ForCaller()));
  }

  @Test
  void decision_ofACallerThatNoRuleMeans_needsNoGrant_butIsDenied() {
    Decision decision =
        POLICY.decide(
            Callers.of("arn:aws:iam::444455556666:role/checkout"), MethodPath.parse("/o.O/Put"));

    assertThat(decision).isEqualTo(Decision.Denied.NO_MATCH);
  }

  @Test
  void neededGrant_isNoYes_andNamesNoRule() {
    Decision decision = decide(POLICY, "other", "Put");

    assertThat(decision.isAllowed()).isFalse();
    assertThat(decision.rule()).isEmpty();
  }

  @Test
  void neededGrant_isRemembered_sinceItRestsOnNoGrant() {
    AccessPolicy policy =
        AccessPolicy.builder("x").allow("r", requiring(ALL, REGION), NONE, "/o.O/*").build();
    StatedFacts call = StatedFacts.headers(Map.of("x-region", "eu"));

    Decision first = policy.decide(Callers.named("a"), MethodPath.parse("/o.O/Put"), call);

    assertThat(policy.decide(Callers.named("a"), MethodPath.parse("/o.O/Put"), call))
        .isSameAs(first);
    assertThat(first.validity()).isEqualTo(new Validity.ForCaller());
    assertThat(policy.memoSize()).isEqualTo(1);
    assertThat(call.asked).as("the headers that the policy read").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, needs [[granted inside: orders-admin]]",
    "192.0.2.1, denied",
  })
  void grantedRule_withConditions_countsWhereTheyHold_andIsOfThisCall(String address, String said) {
    AccessPolicy policy =
        AccessPolicy.builder("x")
            .allow("granted inside", requiring(ALL, ADMIN), INSIDE, "/o.O/*")
            .build();

    Decision decision =
        policy.decide(
            Callers.named("a"),
            MethodPath.parse("/o.O/Put"),
            StatedFacts.headers(Map.of()).from(address));

    assertThat(said(decision)).isEqualTo(said);
    assertThat(decision.validity()).isEqualTo(new Validity.ThisCallOnly());
    assertThat(policy.memoSize()).isZero();
  }

  @Test
  void openRule_withConditionsThatDoNotHold_leavesTheGrantNeeded_forThisCall() {
    AccessPolicy policy =
        AccessPolicy.builder("x")
            .allow("open inside", ALL, INSIDE, "/o.O/*")
            .allow("granted", requiring(ALL, ADMIN), NONE, "/o.O/*")
            .build();

    Decision decision = decide(policy, "a", "Put");

    assertThat(said(decision)).isEqualTo("needs [[granted: orders-admin]]");
    assertThat(decision.validity()).isEqualTo(new Validity.ThisCallOnly());
  }

  @Test
  void caller_thatOnlyAGrantedRuleMeans_couldBeAllowed() {
    AccessPolicy policy =
        AccessPolicy.builder("x").allow("r", requiring(CHECKOUT, ADMIN), NONE, "/o.O/*").build();

    assertThat(policy.couldAllow(Callers.named("checkout"))).isTrue();
    assertThat(policy.couldAllow(Callers.named("batch"))).isFalse();
  }

  @Test
  void publicMethod_staysPublic() {
    assertThat(POLICY.isPublic(MethodPath.parse("/o.O/Check"))).isTrue();
  }

  @Test
  void permissions_areThoseOfAllLayers() {
    AccessPolicy narrow =
        AccessPolicy.builder("narrow")
            .allow("n", requiring(ALL, GrantRequirement.of("night-shift")), NONE, "/o.O/*")
            .build();

    assertThat(POLICY.permissions()).containsExactly(PermissionName.of("orders-admin"));
    assertThat(POLICY.narrowedBy(narrow).permissions())
        .containsExactlyInAnyOrder(
            PermissionName.of("orders-admin"), PermissionName.of("night-shift"));
    assertThat(AccessPolicy.builder("empty").build().permissions()).isEmpty();
  }

  /** Each method's name says what the wide and the narrow policy answer by themselves. */
  private static AccessPolicy answering(String name, int letter) {
    PolicyBuilder policy = AccessPolicy.builder(name);
    for (String wide : List.of("Y", "N", "G")) {
      for (String narrow : List.of("Y", "N", "G")) {
        String path = "/o.O/" + wide + narrow;
        String answer = letter == 0 ? wide : narrow;
        if (answer.equals("Y")) {
          policy.allow(name + " " + wide + narrow, ALL, path);
        } else if (answer.equals("G")) {
          policy.allow(
              name + " " + wide + narrow,
              requiring(ALL, GrantRequirement.of(name + "-permission")),
              NONE,
              path);
        }
      }
    }
    return policy.build();
  }

  @ParameterizedTest
  @CsvSource({
    "YY, by narrow YY, narrow",
    "YN, denied, narrow",
    "YG, needs [[narrow YG: narrow-permission]], narrow",
    "NY, denied, wide",
    "NN, denied, narrow",
    "NG, denied, wide",
    "GY, needs [[wide GY: wide-permission]], wide",
    "GN, denied, narrow",
  })
  void decision_ofTwoPolicies_isTheStricterOne_andComesFromIt(
      String method, String said, String deciding) {
    AccessPolicy both = answering("wide", 0).narrowedBy(answering("narrow", 1));

    assertThat(said(decide(both, "a", method))).isEqualTo(said);
    assertThat(deciding(both, method).name()).isEqualTo(deciding);
  }

  @Test
  void decision_ofTwoPoliciesThatBothNeedAGrant_needsBoth() {
    AccessPolicy both = answering("wide", 0).narrowedBy(answering("narrow", 1));

    assertThat(said(decide(both, "a", "GG")))
        .isEqualTo("needs [[wide GG: wide-permission], [narrow GG: narrow-permission]]");
    assertThat(said(decide(both.narrowedBy(answering("third", 1)), "a", "GG")))
        .isEqualTo(
            "needs [[wide GG: wide-permission], [narrow GG: narrow-permission],"
                + " [third GG: third-permission]]");
  }

  @Test
  void decision_ofThreePolicies_comesFromTheOneThatDenies() {
    AccessPolicy denies = AccessPolicy.builder("denies").deny("no", ALL, "/o.O/GG").build();
    AccessPolicy three = answering("wide", 0).narrowedBy(denies).narrowedBy(answering("narrow", 1));

    assertThat(said(decide(three, "a", "GG"))).isEqualTo("denied by no");
    assertThat(deciding(three, "GG").name()).isEqualTo("denies");
  }

  @Test
  void decision_ofTwoPolicies_isOfThisCall_ifEitherReadsIt() {
    AccessPolicy inside =
        AccessPolicy.builder("inside")
            .allow("inside", requiring(ALL, ADMIN), INSIDE, "/o.O/GG")
            .build();
    StatedFacts call = StatedFacts.headers(Map.of()).from("10.0.0.1");

    Decision decision =
        answering("wide", 0)
            .narrowedBy(inside)
            .decide(Callers.named("a"), MethodPath.parse("/o.O/GG"), call);

    assertThat(said(decision))
        .isEqualTo("needs [[wide GG: wide-permission], [inside: orders-admin]]");
    assertThat(decision.validity()).isEqualTo(new Validity.ThisCallOnly());
    assertThat(decide(answering("wide", 0), "a", "GG").forThisCallOnly().validity())
        .isEqualTo(new Validity.ThisCallOnly());
  }

  @Test
  void denyRule_thatRequiresAGrant_isRefused() {
    PolicyBuilder builder = AccessPolicy.builder("x");

    assertThatThrownBy(() -> builder.deny("r", requiring(ALL, ADMIN), NONE, "/o.O/Put"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rule \"r\": requires_grant in a deny rule (expected: an allow rule)");
  }

  @Test
  void source_keepsItsGrant_asConditionsAndActorsAreAdded() {
    PolicyRule.Source source =
        requiring(ALL, REGION).where(CallerConditions.none()).with(new PolicyRule.Actors.Any());

    assertThat(source.grant()).contains(REGION);
    assertThat(PolicyRule.Source.of(ALL).grant()).isEmpty();
  }

  @Test
  void neededGrant_withoutAChoice_isRefused() {
    Validity validity = new Validity.ForCaller();
    List<List<GrantedRule>> none = List.of();
    List<List<GrantedRule>> empty = List.of(List.of());

    assertThatThrownBy(() -> new Decision.NeedsGrant(none, validity))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Decision.NeedsGrant(empty, validity))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AccessPolicy deciding(AccessPolicy policy, String method) {
    return policy.deciding(
        Callers.named("a").principal(),
        Callers.named("a").attributes(),
        MethodPath.parse("/o.O/" + method),
        CallFacts.unknown());
  }

  private static GrantedRule granted(String rule, GrantRequirement grant) {
    return new GrantedRule(RuleName.parse(rule), grant);
  }

  private static Decision decide(AccessPolicy policy, String role, String method) {
    Decision decision =
        policy.decide(Callers.named(role), MethodPath.parse("/o.O/" + method), CallFacts.unknown());
    assertThat(
            policy.evaluate(
                Callers.named(role).principal(),
                MethodPath.parse("/o.O/" + method),
                CallFacts.unknown()))
        .isEqualTo(decision);
    return decision;
  }

  private static String said(Decision decision) {
    return decision.fold(
        allowed -> "by " + allowed.by(),
        denied -> "denied" + denied.rule().map(rule -> " by " + rule).orElse(""),
        needs ->
            "needs "
                + needs.choices().stream()
                    .map(
                        choice ->
                            choice.stream()
                                .map(each -> each.rule() + ": " + each.requirement())
                                .toList())
                    .toList());
  }
}
