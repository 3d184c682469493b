package dev.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.ClaimValue.Items;
import dev.rolecall.identity.ClaimValue.Other;
import dev.rolecall.identity.ClaimValue.Text;
import dev.rolecall.identity.ClaimValue.Truth;
import dev.rolecall.identity.ClaimValue.Whole;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.claim.ClaimTest;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.condition.CallFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules that ask for attributes: against a reading rule by rule, and what is remembered. */
@Tag("attack")
final class CallerRulesTest {

  private static final MethodPath GET = MethodPath.parse("/x.A/Get");
  private static final Principal KIM = OidcSubject.of("okta", "kim");
  private static final Principal AGENT = OidcSubject.of("okta", "agent");
  private static final Principal ROBOT =
      IamRole.ofUnknownId(RoleArn.parse("arn:aws:iam::111122223333:role/robot"));
  private static final List<Principal> PRINCIPALS = List.of(KIM, AGENT, ROBOT);
  private static final List<String> PATTERNS =
      List.of(
          "oidc:okta:kim",
          "oidc:okta:*",
          "client:okta:shop",
          "arn:aws:iam::111122223333:role/robot#AROAEXAMPLE000000001",
          "arn:aws:iam::111122223333:*");
  private static final List<ClaimValue> VALUES =
      List.of(
          new Text("a"),
          new Text("ab"),
          new Text("1"),
          new Whole(1),
          new Truth(true),
          new Items(List.of(new Text("a"), new Whole(1))),
          new Items(List.of()),
          Other.INSTANCE);

  /** What a rule asks of one claim, as a reader would say it. */
  private record Asks(String claim, String how, String value) {

    /** Yes, no, or nothing to compare. */
    Optional<Boolean> answer(Attributes caller) {
      ClaimValue found = caller.claims().get(claim);
      if (how.equals("contains")) {
        return found instanceof Items items
            ? Optional.of(items.values().contains(new Text(value)))
            : Optional.empty();
      }
      if (!(found instanceof Text text)) {
        return Optional.empty();
      }
      return Optional.of(
          how.equals("prefix") ? text.value().startsWith(value) : text.value().equals(value));
    }

    CallerConditions written() {
      return CallerConditions.withClaim(
          claim,
          switch (how) {
            case "contains" -> ClaimTest.containing(value);
            case "prefix" -> ClaimTest.startingWith(value);
            default -> ClaimTest.equalTo(value);
          });
    }
  }

  /** A rule of the small world; no actors at all means that the key is left out. */
  private record Naive(
      String name,
      boolean deny,
      List<String> principals,
      List<Asks> asks,
      List<String> scopes,
      Optional<List<String>> actors) {

    boolean matches(Principal principal, Attributes caller) {
      return (named(principals, principal, caller)
              || (deny
                  && caller.actor().isPresent()
                  && named(principals, caller.actor().get(), caller)))
          && actorFits(caller)
          && asks.stream().allMatch(each -> each.answer(caller).orElse(deny))
          && (scopes.isEmpty()
              || (caller.scopes().isEmpty() ? deny : caller.scopes().containsAll(scopes)));
    }

    private boolean actorFits(Attributes caller) {
      if (actors.isEmpty()) {
        return deny || caller.actor().isEmpty();
      }
      if (actors.get().isEmpty()) {
        return true;
      }
      return caller.actor().isPresent()
          && named(actors.get(), caller.actor().get(), Attributes.none());
    }

    private boolean named(List<String> patterns, Principal principal, Attributes attributes) {
      return patterns.stream()
          .map(PrincipalPattern::parse)
          .anyMatch(
              pattern ->
                  deny
                      ? pattern.couldMatch(principal, attributes)
                      : pattern.matches(principal, attributes));
    }

    PolicyRule.Source written() {
      CallerConditions conditions =
          asks.stream().map(Asks::written).reduce(CallerConditions.none(), CallerConditions::and);
      PolicyRule.Source source =
          PolicyRule.Source.of(patterns(principals))
              .where(conditions.and(CallerConditions.withScopes(scopes.toArray(String[]::new))));
      return actors.isEmpty()
          ? source
          : source.with(
              actors.get().isEmpty()
                  ? new PolicyRule.Actors.Any()
                  : PolicyRule.Actors.of(patterns(actors.get()).toArray(PrincipalPattern[]::new)));
    }

    private static List<PrincipalPattern> patterns(List<String> texts) {
      return texts.stream().map(PrincipalPattern::parse).toList();
    }
  }

  @Test
  void decide_anyRulesOnClaimsScopesAndActors_isWhatTheRulesSayReadOneByOne() {
    Random random = new Random(20_261_129L);
    int allowed = 0;
    int denied = 0;
    for (int round = 0; round < 300; round++) {
      List<Naive> rules = rules(random);
      AccessPolicy policy = policy(rules);
      for (int i = 0; i < 40; i++) {
        Principal principal = one(PRINCIPALS, random);
        Caller caller = caller(principal, attributes(random));
        Optional<Naive> expected = deciding(rules, principal, caller.attributes());
        // Twice: from the rules, then from memory.
        for (int time = 0; time < 2; time++) {
          Decision decision = policy.decide(caller, GET);
          assertThat(decision.rule().map(RuleName::value)).isEqualTo(expected.map(Naive::name));
          assertThat(decision.isAllowed())
              .isEqualTo(expected.isPresent() && !expected.get().deny());
          assertThat(decision.validity()).isEqualTo(new Validity.ForCaller());
        }
        assertThat(policy.couldAllow(caller))
            .isEqualTo(
                rules.stream()
                    .anyMatch(
                        rule -> !rule.deny() && rule.matches(principal, caller.attributes())));
        allowed += policy.decide(caller, GET).isAllowed() ? 1 : 0;
        denied += expected.filter(Naive::deny).isPresent() ? 1 : 0;
      }
    }
    assertThat(allowed).isGreaterThan(1_000);
    assertThat(denied).isGreaterThan(1_000);
  }

  private static Optional<Naive> deciding(
      List<Naive> rules, Principal principal, Attributes caller) {
    return Stream.of(true, false)
        .flatMap(deny -> rules.stream().filter(rule -> rule.deny() == deny))
        .filter(rule -> rule.matches(principal, caller))
        .findFirst();
  }

  private static List<Naive> rules(Random random) {
    List<Naive> rules = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      List<Asks> asks =
          random.nextInt(2) == 0
              ? List.of()
              : List.of(
                  new Asks(
                      one(List.of("env", "groups"), random),
                      one(List.of("equals", "contains", "prefix"), random),
                      one(List.of("a", "1"), random)));
      rules.add(
          new Naive(
              "rule " + i,
              random.nextInt(4) == 0,
              List.of(one(PATTERNS, random)),
              asks,
              random.nextInt(4) == 0 ? List.of("s") : List.of(),
              switch (random.nextInt(3)) {
                case 0 -> Optional.empty();
                case 1 -> Optional.of(List.of());
                default -> Optional.of(List.of(one(PATTERNS, random)));
              }));
    }
    return rules;
  }

  private static Attributes attributes(Random random) {
    Map<String, ClaimValue> claims = new HashMap<>();
    for (String name : List.of("env", "groups", "unnamed")) {
      if (random.nextBoolean()) {
        claims.put(name, one(VALUES, random));
      }
    }
    Attributes caller = Attributes.none().withClaims(claims);
    caller = random.nextBoolean() ? caller.withClient(one(List.of("shop", "x"), random)) : caller;
    caller = caller.withScopes(one(List.of(Set.of(), Set.of("s", "t"), Set.of("t")), random));
    return random.nextInt(3) == 0
        ? caller.withActors(List.of(one(PRINCIPALS, random), one(PRINCIPALS, random)))
        : caller;
  }

  private static <T> T one(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private static AccessPolicy policy(List<Naive> rules) {
    PolicyBuilder builder = AccessPolicy.builder("x");
    for (Naive rule : rules) {
      if (rule.deny()) {
        builder.deny(rule.name(), rule.written(), CallConditions.none(), "/x.A/*");
      } else {
        builder.allow(rule.name(), rule.written(), CallConditions.none(), "/x.A/*");
      }
    }
    return builder.build();
  }

  private static Caller caller(Principal principal, Attributes attributes) {
    return Caller.of(principal, Evidence.of("oidc", Evidence.Carrier.CALL_METADATA), Instant.EPOCH)
        .with(attributes);
  }

  private static final Attributes PROD =
      Attributes.none().withClaims(Map.of("env", new Text("prod")));

  private static PolicyBuilder forProd() {
    return AccessPolicy.builder("x")
        .allow(
            "prod",
            PolicyRule.Source.of(List.of(PrincipalPattern.parse("oidc:okta:*")))
                .where(CallerConditions.withClaim("env", ClaimTest.equalTo("prod"))),
            CallConditions.none(),
            "/x.A/Get");
  }

  @Test
  void memo_callersThatDifferInWhatNoRuleNames_shareADecision() {
    AccessPolicy policy = forProd().build();

    for (int i = 0; i < 50; i++) {
      Attributes other =
          PROD.withClaims(Map.of("env", new Text("prod"), "jti", new Text("id-" + i)))
              .withClient("client-" + i)
              .withScopes(Set.of("scope-" + i))
              .withTags(Map.of("tag", "value-" + i));
      assertThat(policy.decide(caller(KIM, other), GET).isAllowed()).isTrue();
    }

    assertThat(policy.memoSize()).isEqualTo(1);
  }

  @Test
  void memo_callersThatDifferInWhatARuleNames_shareNone() {
    AccessPolicy policy =
        forProd()
            .allow(PrincipalPattern.parse("client:okta:shop"), "/x.A/Put")
            .allow("s", withScope(), CallConditions.none(), "/x.A/Put")
            .allow("t", withTag(), CallConditions.none(), "/x.A/Put")
            .build();
    List<Attributes> callers =
        List.of(
            Attributes.none(),
            PROD,
            PROD.withClaims(Map.of("env", new Text("dev"))),
            PROD.withClient("shop"),
            PROD.withScopes(Set.of("s")),
            PROD.withScopes(Set.of("t")),
            PROD.withTags(Map.of("team", "a")),
            PROD.withTags(Map.of("team", "b")),
            PROD.withActors(List.of(AGENT)),
            PROD.withActors(List.of(ROBOT)));

    for (Attributes each : callers) {
      boolean isProd = each.claims().equals(PROD.claims()) && each.actors().isEmpty();
      assertThat(policy.decide(caller(KIM, each), GET).isAllowed()).isEqualTo(isProd);
      assertThat(policy.decide(caller(KIM, each), GET).isAllowed()).isEqualTo(isProd);
    }

    assertThat(policy.memoSize()).isEqualTo(callers.size());
  }

  private static PolicyRule.Source withScope() {
    return PolicyRule.Source.of(List.of(PrincipalPattern.parse("oidc:okta:*")))
        .where(CallerConditions.withScopes("s"));
  }

  private static PolicyRule.Source withTag() {
    return PolicyRule.Source.of(List.of(PrincipalPattern.parse("oidc:okta:*")))
        .where(CallerConditions.withTag("team", ClaimTest.equalTo("a")));
  }

  @Test
  void memo_listOfGroups_keepsThoseThatRulesName() {
    AccessPolicy policy =
        AccessPolicy.builder("x")
            .allow(
                "writers",
                PolicyRule.Source.of(List.of(PrincipalPattern.parse("oidc:okta:*")))
                    .where(CallerConditions.withClaim("groups", ClaimTest.containing("writers"))),
                CallConditions.none(),
                "/x.A/Get")
            .build();

    for (int i = 0; i < 50; i++) {
      Text other = new Text("group-" + i);
      assertThat(
              policy
                  .decide(caller(KIM, groups(List.of(other, new Text("writers")))), GET)
                  .isAllowed())
          .isTrue();
      assertThat(policy.decide(caller(KIM, groups(List.of(other))), GET).isAllowed()).isFalse();
    }

    assertThat(policy.memoSize()).isEqualTo(2);
  }

  private static Attributes groups(List<ClaimValue> groups) {
    return Attributes.none().withClaims(Map.of("groups", new Items(groups)));
  }

  @Test
  void memo_claimThatANarrowerPolicyNames_isToldApart() {
    AccessPolicy open =
        AccessPolicy.builder("open").allow(PrincipalPattern.parse("oidc:okta:*"), "/*").build();
    AccessPolicy policy = open.narrowedBy(forProd().build());

    assertThat(policy.decide(caller(KIM, PROD), GET).isAllowed()).isTrue();
    assertThat(policy.decide(caller(KIM, Attributes.none()), GET).isAllowed()).isFalse();
    assertThat(policy.decide(caller(KIM, PROD), GET).isAllowed()).isTrue();
  }

  @Test
  void denyRule_ofAnAgent_holdsWhileItActsForAPerson() {
    AccessPolicy policy =
        AccessPolicy.builder("x")
            .deny("frozen", List.of(PrincipalPattern.parse("oidc:okta:agent")), "/*")
            .allow(
                "anyone",
                PolicyRule.Source.of(List.of(PrincipalPattern.parse("oidc:okta:*")))
                    .with(new PolicyRule.Actors.Any()),
                CallConditions.none(),
                "/*")
            .build();

    assertThat(policy.decide(caller(KIM, Attributes.none()), GET).isAllowed()).isTrue();
    assertThat(policy.decide(caller(AGENT, Attributes.none()), GET).isAllowed()).isFalse();
    assertThat(policy.decide(actingFor(KIM, AGENT), GET).rule()).contains(RuleName.parse("frozen"));
    // RFC 8693, section 4.1: the actors before it do not count.
    assertThat(policy.decide(actingFor(KIM, ROBOT, AGENT), GET).isAllowed()).isTrue();
  }

  @Test
  void denyRule_ofAClient_holdsForATokenThatNamesNone_andForNoOtherClient() {
    AccessPolicy policy =
        AccessPolicy.builder("x")
            .deny("stolen", List.of(PrincipalPattern.parse("client:okta:shop")), "/*")
            .allow(
                "anyone",
                PolicyRule.Source.of(List.of(PrincipalPattern.parse("oidc:okta:*")))
                    .with(new PolicyRule.Actors.Any()),
                CallConditions.none(),
                "/*")
            .build();
    Attributes other = Attributes.none().withClient("till");

    assertThat(policy.decide(caller(KIM, Attributes.none()), GET).isAllowed()).isFalse();
    assertThat(policy.decide(caller(KIM, other), GET).isAllowed()).isTrue();
    assertThat(policy.decide(caller(KIM, other.withActors(List.of(AGENT))), GET).isAllowed())
        .as("the client is the token's, and not the actor's")
        .isTrue();
    assertThat(policy.decide(actingFor(KIM, AGENT), GET).rule()).contains(RuleName.parse("stolen"));
  }

  @Test
  void allowRule_withoutActors_refusesDelegatedCallers() {
    AccessPolicy policy =
        AccessPolicy.builder("x").allow(PrincipalPattern.parse("oidc:okta:*"), "/*").build();

    assertThat(policy.decide(caller(KIM, Attributes.none()), GET).isAllowed()).isTrue();
    assertThat(policy.decide(actingFor(KIM, AGENT), GET).isAllowed()).isFalse();
    assertThat(policy.couldAllow(actingFor(KIM, AGENT))).isFalse();
  }

  @Test
  void allowRule_withActors_admitsThoseAndNeverTheSubjectByItself() {
    AccessPolicy policy =
        AccessPolicy.builder("x")
            .allow(
                "agent for people",
                PolicyRule.Source.of(List.of(PrincipalPattern.parse("oidc:okta:*")))
                    .with(PolicyRule.Actors.of(PrincipalPattern.parse("oidc:okta:agent"))),
                CallConditions.none(),
                "/*")
            .build();

    assertThat(policy.decide(actingFor(KIM, AGENT), GET).isAllowed()).isTrue();
    assertThat(policy.decide(caller(KIM, Attributes.none()), GET).isAllowed()).isFalse();
    assertThat(policy.decide(caller(AGENT, Attributes.none()), GET).isAllowed()).isFalse();
    assertThat(policy.decide(actingFor(KIM, ROBOT), GET).isAllowed()).isFalse();
    assertThat(policy.decide(actingFor(KIM, ROBOT, AGENT), GET).isAllowed()).isFalse();
  }

  private static Caller actingFor(Principal subject, Principal... actors) {
    return caller(subject, Attributes.none().withActors(List.of(actors)));
  }

  @Test
  void aliases_areThoseOfPrincipalsAndActorsOfEachLayer() {
    AccessPolicy policy =
        AccessPolicy.builder("x")
            .allow(
                "r",
                PolicyRule.Source.of(
                        List.of(
                            PrincipalPattern.parse("oidc:okta:*"),
                            PrincipalPattern.parse("key:ci"),
                            PrincipalPattern.parse("spiffe://example.org/*"),
                            PrincipalPattern.parse("client:shop:x")))
                    .with(PolicyRule.Actors.of(PrincipalPattern.parse("oidc:agents:a"))),
                CallConditions.none(),
                "/*")
            .build()
            .narrowedBy(
                AccessPolicy.builder("y")
                    .deny(PrincipalPattern.parse("dns:partners:a.example"), "/*")
                    .build());

    assertThat(policy.aliases().stream().map(IssuerAlias::value).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("okta", "shop", "agents", "partners");
    assertThat(policy.evaluate(KIM, GET, CallFacts.unknown()).isAllowed()).isFalse();
  }
}
