package dev.rolecall.policytools.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policytools.AttributesText;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.Policies;
import dev.rolecall.policytools.PolicyAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies that differ in what they ask of callers, which must never look equal. */
@Tag("attack")
final class CallersComparedTest {

  private static final MethodPath PUT = MethodPath.parse("/s.S/Put");
  private static final Principal KIM = OidcSubject.of("okta", "kim");

  private static AccessPolicy policy(String... rules) {
    return Policies.loaded("name: x\n" + of("deny", rules) + of("allow", rules));
  }

  private static String of(String section, String... rules) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rules.length; i++) {
      if (rules[i].startsWith(section)) {
        lines.add(
            "  - {name: r"
                + i
                + ", source: {"
                + rules[i].substring(section.length())
                + "}, request: {paths: ['/s.S/Put']}}\n");
      }
    }
    return lines.isEmpty() ? "" : section + "_rules:\n" + String.join("", lines);
  }

  private static List<AnswerChange> changes(AccessPolicy before, AccessPolicy after) {
    return PolicyComparison.of(before, after, List.of(CallerQuery.of(KIM)), List.of()).changes();
  }

  private static final String ANYONE = "allow principals: ['oidc:okta:kim']";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", claims: [{claim: x, equals: a}]|, claims: [{claim: x, equals: b}]",
        ", claims: [{claim: x, equals: a}]|, claims: [{claim: x, any_of: [a, b]}]",
        ", claims: [{claim: x, equals: '1'}]|, claims: [{claim: x, equals: 1}]",
        ", claims: [{claim: x, equals: a}]|, claims: [{claim: x, prefix: a}]",
        ", claims: [{claim: x, prefix: a}]|, claims: [{claim: x, prefix: ab}]",
        ", claims: [{claim: x, equals: a}]|, claims: [{claim: x, contains: a}]",
        ", claims: [{claim: x, equals: a}]|, claims: [{claim: y, equals: a}]",
        ", claims: [{claim: x, equals: a}]|, claims: [{claim: [x, y], equals: a}]",
        ", claims: [{claim: x, equals: true}]|, claims: [{claim: x, equals: false}]",
        ", claims: [{claim: x, equals: a}]|",
        ", scopes: [a]|, scopes: [a, b]",
        ", scopes: [a]|",
        ", tags: [{tag: x, equals: a}]|, tags: [{tag: y, equals: a}]",
        ", tags: [{tag: x, equals: a}]|, tags: [{tag: x, prefix: a}]",
        ", actors: any|",
        ", actors: any|, actors: ['oidc:okta:agent']",
        ", actors: ['oidc:okta:agent']|, actors: ['oidc:okta:other']",
        ", actors: ['oidc:okta:agent']|, actors: ['oidc:okta:*']",
        ", actors: ['oidc:okta:agent']|"
      })
  void policies_thatDifferInOneCondition_differInAnAnswer(String one, String other) {
    AccessPolicy before = policy(ANYONE + one);
    AccessPolicy after = policy(ANYONE + (other == null ? "" : other));

    assertThat(changes(before, after)).isNotEmpty();
    assertThat(changes(after, before)).isNotEmpty();
    assertThat(changes(before, before)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "['key:ci']|['key:cd']",
        "['oidc:okta:kim']|['oidc:okta:lee']",
        "['oidc:okta:*']|['oidc:okta:kim']",
        "['oidc:okta:a/*']|['oidc:okta:a/b/*']",
        "['client:okta:shop']|['client:okta:other']",
        "['client:okta:shop']|['oidc:okta:*']",
        "['spiffe://example.org/a']|['spiffe://example.org/b']",
        "['spiffe://example.org/*']|['spiffe://example.org/a/*']",
        "['dns:partners:a.example']|['dns:partners:b.example']"
      })
  void policies_thatDifferInAPrincipal_differInAnAnswer(String one, String other) {
    AccessPolicy before = policy("allow principals: " + one);
    AccessPolicy after = policy("allow principals: " + other);

    assertThat(changes(before, after)).isNotEmpty();
    assertThat(changes(before, before)).isEmpty();
  }

  @Test
  void change_ofADelegatedCaller_saysWhoActs() {
    AccessPolicy before = policy(ANYONE + ", actors: any");
    AccessPolicy after = policy("deny principals: ['oidc:okta:agent']", ANYONE + ", actors: any");

    assertThat(changes(before, after))
        .extracting(change -> AttributesText.of(change.caller().attributes()))
        .contains("actor oidc:okta:agent");
  }

  @Test
  void comparison_ofTooManyCombinations_isRefused() {
    String scopes = IntStream.range(0, 20).mapToObj(i -> "s" + i).collect(Collectors.joining(", "));
    AccessPolicy policy = policy(ANYONE + ", scopes: [" + scopes + "]");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> changes(policy, policy))
        .withMessageContaining("more than 100000 different calls");
  }

  /** Against callers made at random: what changes for one of them must be found. */
  @Test
  void comparison_ofRandomRules_findsEachChangeThatARandomCallerMeets() {
    Random random = new Random(20_261_130L);
    int differing = 0;
    for (int round = 0; round < 200; round++) {
      AccessPolicy before = policy(rule(random), rule(random));
      AccessPolicy after = policy(rule(random), rule(random));
      boolean found =
          changes(before, after).stream()
              .anyMatch(change -> change.caller().principal().filter(KIM::equals).isPresent());
      boolean met = false;
      for (int i = 0; i < 100; i++) {
        CallerQuery caller = CallerQuery.of(KIM).with(attributes(random));
        met |=
            PolicyAnswer.of(before, caller, PUT).answer()
                != PolicyAnswer.of(after, caller, PUT).answer();
      }
      differing += met ? 1 : 0;
      assertThat(found || !met).as(before.rules() + "\n" + after.rules()).isTrue();
    }
    assertThat(differing).isGreaterThan(80);
  }

  private static String rule(Random random) {
    List<String> conditions =
        List.of(
            "",
            ", claims: [{claim: x, equals: a}]",
            ", claims: [{claim: x, any_of: [a, 1]}]",
            ", claims: [{claim: x, prefix: a}, {claim: y, contains: b}]",
            ", claims: [{claim: y, contains: a}]",
            ", scopes: [s]",
            ", scopes: [s, t]");
    List<String> actors = List.of("", "", ", actors: any", ", actors: ['oidc:okta:agent']");
    return (random.nextInt(3) == 0 ? "deny" : "allow")
        + " principals: ['"
        + one(List.of("oidc:okta:kim", "oidc:okta:*", "client:okta:shop"), random)
        + "']"
        + one(conditions, random)
        + one(actors, random);
  }

  private static Attributes attributes(Random random) {
    List<ClaimValue> values =
        List.of(
            new ClaimValue.Text("a"),
            new ClaimValue.Text("ab"),
            new ClaimValue.Text("z"),
            new ClaimValue.Whole(1),
            new ClaimValue.Whole(2),
            new ClaimValue.Truth(true),
            new ClaimValue.Items(List.of(new ClaimValue.Text("a"))),
            new ClaimValue.Items(List.of(new ClaimValue.Text("a"), new ClaimValue.Text("b"))),
            new ClaimValue.Items(List.of()));
    Attributes attributes =
        Attributes.none()
            .withScopes(one(List.of(Set.of(), Set.of("s"), Set.of("s", "t"), Set.of("u")), random));
    attributes =
        switch (random.nextInt(3)) {
          case 0 -> attributes;
          case 1 -> attributes.withClaims(Map.of("x", one(values, random)));
          default ->
              attributes.withClaims(Map.of("x", one(values, random), "y", one(values, random)));
        };
    attributes = random.nextBoolean() ? attributes.withClient("shop") : attributes;
    return random.nextInt(3) == 0
        ? attributes.withActors(
            List.of(OidcSubject.of("okta", one(List.of("agent", "kim", "other"), random))))
        : attributes;
  }

  private static <T> T one(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}
