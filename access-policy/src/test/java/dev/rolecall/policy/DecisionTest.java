package dev.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.internal.view.NamedAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The compiled decision against one that a reader checks at a glance, and its bounded memory. */
@Tag("attack")
final class DecisionTest {

  private static final List<String> ROLES =
      List.of(
          "arn:aws:iam::111122223333:role/a",
          "arn:aws:iam::111122223333:role/ab",
          "arn:aws:iam::111122223333:role/b",
          "arn:aws:iam::444455556666:role/a",
          "arn:aws-cn:iam::111122223333:role/a",
          "arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef");
  private static final List<RoleId> IDS =
      List.of(RoleId.parse("AROAEXAMPLE000000001"), RoleId.parse("AROAEXAMPLE000000002"));
  private static final List<String> PATTERNS =
      List.of(
          "arn:aws:iam::111122223333:role/a",
          "arn:aws:iam::111122223333:role/a*",
          "arn:aws:iam::111122223333:role/a#AROAEXAMPLE000000002",
          "arn:aws:iam::444455556666:*",
          "arn:aws-cn:iam::111122223333:role/*",
          "sso:111122223333:Admin");
  private static final List<String> METHODS = List.of("/x.A/Get", "/x.A/GetAll", "/x.B/Get");
  private static final List<String> PATHS =
      List.of("/x.A/Get", "/x.A/Get*", "/x.A/*", "/x.B/Get", "/x.*", "/*");

  private record NaiveRule(String name, boolean deny, List<String> patterns, List<String> paths) {
    boolean matches(Caller caller, String method) {
      boolean role = patterns.stream().anyMatch(p -> RolePattern.parse(p).matches(caller));
      boolean path =
          paths.stream()
              .anyMatch(
                  p ->
                      p.endsWith("*")
                          ? method.startsWith(p.substring(0, p.length() - 1))
                          : method.equals(p));
      return role && path;
    }
  }

  @Test
  void decide_anyPolicyOfASmallWorld_isWhatTheRulesSayReadOneByOne() {
    Random random = new Random(20_261_122L);
    int allowed = 0;
    int denied = 0;
    for (int round = 0; round < 150; round++) {
      List<NaiveRule> rules = randomRules(random);
      AccessPolicy policy = compiled(rules);
      for (String role : ROLES) {
        for (RoleId id : IDS) {
          for (String method : METHODS) {
            Caller caller = Callers.of(role, id);
            Decision expected = naive(rules, caller, method);
            // Twice: from the rules, then from memory.
            assertThat(policy.decide(caller, MethodPath.parse(method))).isEqualTo(expected);
            assertThat(policy.decide(caller, MethodPath.parse(method))).isEqualTo(expected);
            assertThat(
                    policy.evaluate(
                        new IamRole(RoleArn.parse(role), id),
                        MethodPath.parse(method),
                        CallFacts.unknown()))
                .isEqualTo(expected);
            allowed += expected.isAllowed() ? 1 : 0;
            denied += expected.isAllowed() ? 0 : 1;
          }
        }
      }
    }
    // The world is worth something only if it holds plenty of both.
    assertThat(allowed).isGreaterThan(500);
    assertThat(denied).isGreaterThan(500);
  }

  @Test
  void decide_denyBeatsAllow_whateverTheOrderTheyWereAdded() {
    RolePattern all = RolePattern.parse("arn:aws:iam::111122223333:*");
    AccessPolicy policy =
        AccessPolicy.builder("x")
            .allow("yes", List.of(all), "/x.A/Get")
            .deny("no", List.of(all), "/x.A/*")
            .build();

    assertThat(policy.decide(Callers.named("a"), MethodPath.parse("/x.A/Get")))
        .isEqualTo(
            new Decision.Denied(Optional.of(RuleName.parse("no")), new Validity.ForCaller()));
  }

  @Test
  void decide_strangersWithoutEnd_memoryStaysBounded() {
    AccessPolicy policy =
        AccessPolicy.builder("x")
            .allow(RolePattern.parse("arn:aws:iam::111122223333:role/friend"), "/x.A/Get")
            .build();
    MethodPath get = MethodPath.parse("/x.A/Get");

    for (int i = 0; i < 5 * AccessPolicy.MEMO_CAPACITY; i++) {
      assertThat(policy.decide(Callers.named("stranger-" + i), get).isAllowed()).isFalse();
      assertThat(policy.memoSize()).isLessThanOrEqualTo(2 * AccessPolicy.MEMO_CAPACITY);
    }
    assertThat(policy.decide(Callers.named("friend"), get).isAllowed()).isTrue();
  }

  @Test
  void memo_knownKey_isDecidedOnce() {
    List<DecisionMemo.Key> asked = new ArrayList<>();
    DecisionMemo memo =
        new DecisionMemo(
            4,
            (key, attributes, call) -> {
              asked.add(key);
              return new Decision.Denied(Optional.empty(), new Validity.ForCaller());
            });
    DecisionMemo.Key friend = key("friend");

    memo.get(friend, Attributes.none(), CallFacts.unknown());
    for (int i = 0; i < 20; i++) {
      memo.get(key("stranger-" + i), Attributes.none(), CallFacts.unknown());
      memo.get(friend, Attributes.none(), CallFacts.unknown());
    }

    assertThat(asked).filteredOn(friend::equals).hasSize(1);
    assertThat(memo.size()).isLessThanOrEqualTo(8);
  }

  @Test
  void memo_decisionForOneCallOrForATime_isNotKept() {
    for (Validity validity :
        List.of(new Validity.ThisCallOnly(), new Validity.Until(Instant.EPOCH))) {
      AtomicInteger decided = new AtomicInteger();
      DecisionMemo memo =
          new DecisionMemo(
              4,
              (key, attributes, call) -> {
                decided.incrementAndGet();
                return new Decision.Denied(Optional.empty(), validity);
              });

      memo.get(key("a"), Attributes.none(), CallFacts.unknown());
      memo.get(key("a"), Attributes.none(), CallFacts.unknown());

      assertThat(decided).hasValue(2);
      assertThat(memo.size()).isZero();
    }
  }

  @Test
  void decide_anApiClient_isDecidedByPatternsOfItsKindAlone() {
    AccessPolicy policy =
        AccessPolicy.builder("p")
            .deny("frozen", List.of(PrincipalPattern.parse("key:old")), "/x.A/*")
            .allow(
                "builds",
                List.of(
                    PrincipalPattern.parse("key:ci"),
                    PrincipalPattern.parse("key:old"),
                    PrincipalPattern.parse("arn:aws:iam::111122223333:*")),
                "/x.A/Get")
            .build();

    assertThat(decided(policy, new ApiClient("ci"), "/x.A/Get")).isEqualTo(allowed("builds"));
    assertThat(decided(policy, new ApiClient("ci"), "/x.A/Put"))
        .isEqualTo(Decision.Denied.NO_MATCH);
    assertThat(decided(policy, new ApiClient("other"), "/x.A/Get"))
        .isEqualTo(Decision.Denied.NO_MATCH);
    assertThat(decided(policy, new ApiClient("old"), "/x.A/Get").rule())
        .contains(RuleName.parse("frozen"));
    assertThat(policy.couldAllow(caller(new ApiClient("ci")))).isTrue();
    assertThat(policy.couldAllow(caller(new ApiClient("other")))).isFalse();
  }

  private static Decision decided(AccessPolicy policy, Principal principal, String method) {
    MethodPath path = MethodPath.parse(method);
    Decision decision = policy.decide(caller(principal), path);
    assertThat(policy.evaluate(principal, path, CallFacts.unknown())).isEqualTo(decision);
    return decision;
  }

  private static Caller caller(Principal principal) {
    return Caller.of(principal, Evidence.of("keys", Evidence.Carrier.CALL_METADATA), Instant.EPOCH);
  }

  private static Decision allowed(String rule) {
    return new Decision.Allowed(RuleName.parse(rule), new Validity.ForCaller());
  }

  private static DecisionMemo.Key key(String role) {
    return new DecisionMemo.Key(
        Callers.named(role).principal(),
        NamedAttributes.of(false, List.of()).of(Attributes.none()),
        MethodPath.parse("/x.A/Get"));
  }

  private static List<NaiveRule> randomRules(Random random) {
    List<NaiveRule> rules = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      rules.add(
          new NaiveRule(
              "rule " + i, random.nextInt(3) == 0, some(PATTERNS, random), some(PATHS, random)));
    }
    return rules;
  }

  private static List<String> some(List<String> all, Random random) {
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      some.add(all.get(random.nextInt(all.size())));
    }
    return some;
  }

  private static AccessPolicy compiled(List<NaiveRule> rules) {
    PolicyBuilder builder = AccessPolicy.builder("x");
    for (NaiveRule rule : rules) {
      List<RolePattern> principals = rule.patterns().stream().map(RolePattern::parse).toList();
      String[] paths = rule.paths().toArray(String[]::new);
      if (rule.deny()) {
        builder.deny(rule.name(), principals, paths);
      } else {
        builder.allow(rule.name(), principals, paths);
      }
    }
    return builder.build();
  }

  private static Decision naive(List<NaiveRule> rules, Caller caller, String method) {
    for (NaiveRule rule : rules) {
      if (rule.deny() && rule.matches(caller, method)) {
        return new Decision.Denied(
            Optional.of(RuleName.parse(rule.name())), new Validity.ForCaller());
      }
    }
    for (NaiveRule rule : rules) {
      if (!rule.deny() && rule.matches(caller, method)) {
        return new Decision.Allowed(RuleName.parse(rule.name()), new Validity.ForCaller());
      }
    }
    return new Decision.Denied(Optional.empty(), new Validity.ForCaller());
  }
}
