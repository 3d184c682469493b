package dev.rolecall.policy.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.identity.ClaimValue.Text;
import dev.rolecall.identity.ClaimValue.Whole;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.claim.ClaimCondition;
import dev.rolecall.policy.claim.ClaimName;
import dev.rolecall.policy.claim.ClaimTest;
import dev.rolecall.policy.claim.TagCondition;
import dev.rolecall.policy.document.internal.KnownAliases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Principals of every kind and the conditions on callers, as a policy's text has them. */
@Tag("attack")
final class CallersReadTest {

  private static final String COMPARABLE = "a text, a whole number, true or false";

  @Test
  void policy_withConditionsOnCallers_hasThem() {
    String text =
        """
        name: x
        groups:
          agents: ["oidc:okta:agent"]
        allow_rules:
          - name: r
            source:
              principals: ["oidc:github:repo:acme/*", "oidc:okta:{kim}"]
              claims:
                - {claim: repository_owner_id, equals: "1234"}
                - {claim: run_attempt, equals: 1}
                - {claim: verified, equals: true}
                - {claim: environment, any_of: [prod, staging, 7]}
                - {claim: [realm_access, roles], contains: writer}
                - {claim: "https://example.com/team", prefix: "pay"}
              scopes: ["orders:write"]
              tags:
                - {tag: team, equals: payments}
              actors: ["group:agents"]
            request: {paths: ["/a.B/C"]}
          - name: s
            source: {principals: ["key:ci"], actors: any}
            request: {paths: ["/a.B/C"]}
        """;

    List<PolicyRule> rules = loaded(text).policy().rules();
    CallerConditions conditions = rules.get(0).source().conditions();
    assertThat(conditions.claims())
        .containsExactly(
            claim(ClaimTest.equalTo("1234"), "repository_owner_id"),
            claim(ClaimTest.equalTo(1), "run_attempt"),
            claim(ClaimTest.equalTo(true), "verified"),
            claim(
                new ClaimTest.AnyOf(Set.of(new Text("prod"), new Text("staging"), new Whole(7))),
                "environment"),
            claim(ClaimTest.containing("writer"), "realm_access", "roles"),
            claim(ClaimTest.startingWith("pay"), "https://example.com/team"));
    assertThat(conditions.scopes()).containsExactly("orders:write");
    assertThat(conditions.tags())
        .containsExactly(new TagCondition("team", ClaimTest.equalTo("payments")));
    assertThat(rules.get(0).source().actors().listed()).hasToString("[group:agents]");
    // The prefix decides, the rest is taken literally: no account group.
    assertThat(rules.get(0).principals().get(1)).hasToString("oidc:okta:{kim}");
    assertThat(rules.get(1).source().actors()).isEqualTo(new PolicyRule.Actors.Any());
    assertThat(rules.get(1).source().conditions()).isEqualTo(CallerConditions.none());
  }

  private static ClaimCondition claim(ClaimTest test, String... names) {
    return new ClaimCondition(ClaimName.of(names), test);
  }

  static Stream<Arguments> sources() {
    String oneTest = "expected: one of equals, any_of, contains, prefix)";
    return Stream.of(
        arguments("claims: []", "claims: an empty list (expected: a list of at least one)"),
        arguments(
            "claims: {claim: x, equals: a}",
            "claims: a mapping (expected: a list of at" + " least one)"),
        arguments("claims: [x]", "a claim: \"x\" is a string (expected: a mapping)"),
        arguments("claims: [{equals: a}]", "a claim has no \"claim\" (expected: a claim key)"),
        arguments("claims: [{claim: x}]", "a claim without a test (" + oneTest),
        arguments(
            "claims: [{claim: x, equals: a, prefix: a}]",
            "a claim with equals and prefix (" + oneTest),
        arguments("claims: [{claim: x, equal: a}]", "unknown key \"equal\" (expected: equals)"),
        arguments(
            "claims: [{claim: x, equals: [a, b]}]",
            "equals: a list (expected: " + COMPARABLE + "; any_of takes a list)"),
        arguments(
            "claims: [{claim: x, equals: 1.5}]",
            "equals: \"1.5\" is a number (expected: "
                + COMPARABLE
                + "; any_of takes a list; a text in quotes: \"1.5\")"),
        arguments(
            "claims: [{claim: x, equals: 0x1f}]",
            "equals: \"0x1f\" is a number (expected: "
                + COMPARABLE
                + "; any_of takes a list; a text in quotes: \"0x1f\")"),
        arguments(
            "claims: [{claim: x, equals: 9223372036854775808}]",
            "equals: \"9223372036854775808\" is a number (expected: "
                + COMPARABLE
                + "; any_of takes a list; a text in quotes: \"9223372036854775808\")"),
        arguments(
            "claims: [{claim: x, any_of: a}]",
            "any_of: \"a\" is a string (expected: a list of at least one, such as [\"a\"])"),
        arguments(
            "claims: [{claim: x, any_of: []}]",
            "any_of: an empty list (expected: a list of at least one)"),
        arguments(
            "claims: [{claim: x, contains: [a]}]",
            "contains: a list (expected: " + COMPARABLE + ", which the list has)"),
        arguments(
            "claims: [{claim: x, prefix: ''}]",
            "claim value: \"\" (expected: " + ClaimTest.EXPECTED + ")"),
        arguments(
            "claims: [{claim: x, prefix: 1}]",
            "prefix: \"1\" is a number (expected: a string, in quotes: \"1\")"),
        arguments(
            "claims: [{claim: 7, equals: a}]",
            "claim: \"7\" is a number (expected: a string, in quotes: \"7\")"),
        arguments(
            "claims: [{claim: [], equals: a}]",
            "claim: an empty list (expected: a list of at least one)"),
        arguments(
            "claims: [{claim: ' x', equals: a}]",
            "claim: \" x\" (expected: " + ClaimName.EXPECTED + ")"),
        arguments(
            "scopes: orders:write",
            "scopes: \"orders:write\" is a string (expected: a list of at least one, such as"
                + " [\"orders:write\"])"),
        arguments(
            "scopes: ['a b']",
            "scope: \"a b\" (expected: " + CallerConditions.EXPECTED_SCOPE + ")"),
        arguments(
            "tags: [{tag: team, contains: a}]",
            "unknown key \"contains\" (expected: tag, equals, any_of, prefix)"),
        arguments(
            "tags: [{tag: team, equals: 7}]",
            "equals: \"7\" is a number (expected: a string, in quotes: \"7\")"),
        arguments(
            "tags: [{tag: 'a*', equals: b}]",
            "tag: \"a*\" (expected: " + TagCondition.EXPECTED + ")"),
        arguments("actors: anyone", "actors: \"anyone\" (expected: any, or a list of actors)"),
        arguments("actors: []", "actors: an empty list (expected: a list of at least one)"),
        arguments("actors: [any]", "actors: \"any\" (expected: actors: any, without a list)"),
        arguments(
            "actors: ['client:okta:x']",
            "actors: \"client:okta:x\" (expected: the subject of the actor,"
                + " oidc:{alias}:{subject})"),
        arguments(
            "actors: ['group:agents']",
            "actors: \"group:agents\" (expected: one of the policy's groups; it has none)"));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void source_thatIsWrong_isRejected(String source, String problem) {
    assertThat(problems(rule("'oidc:okta:*'", source)))
        .extracting(PolicyProblem::message)
        .contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "OIDC:okta:kim; oidc:okta:kim",
        "oidc:Okta:Kim; oidc:okta:Kim",
        "oidc: okta:kim; oidc:okta:kim",
        "Client:okta:shop; client:okta:shop",
        "Key:ci; key:ci",
        "key:CI; key:ci",
        "dns:Partners:API.Example.com; dns:partners:api.example.com",
        "spiffe://example.org/ns/shop/; spiffe://example.org/ns/shop",
        "spiffe://Example.org/ns; spiffe://example.org/ns",
        "SPIFFE://example.org/ns; spiffe://example.org/ns",
        "spiffe:/example.org/ns; spiffe://example.org/ns",
        "spiffe://example.org//ns; spiffe://example.org/ns",
        "spiffe://example.org; spiffe://example.org/*",
        "spiffe://example.org/ns*; spiffe://example.org/ns/*",
        "oidc:okta; oidc:{alias}:{subject} or oidc:{alias}:{prefix}*",
        "client:okta; client:{alias}:{client id}",
        "dns:api.example.com; dns:{alias}:{name}",
        "oidc:github:repo:acme*; 'a * only at the end, behind one of : / |, so that no name is cut"
            + " in the middle'",
        "oidc:https://idp.example:kim; 'oidc:{alias}:{subject}; the alias is the server''s name for"
            + " the issuer, not its URL'",
        "oidc:gitlab:x; oidc:github:x",
        "client:unknown:x; 'an alias of the server: github, okta, partners'",
        "dns:partner:a.example; dns:partners:a.example"
      })
  void principal_thatIsWrong_isRejectedWithTheRightOne(
      String principal, String expected, @TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(folder.resolve("p.yaml"), rule("'" + principal + "'", "actors: any"));

    Set<IssuerAlias> aliases =
        Set.of(IssuerAlias.of("github"), IssuerAlias.of("okta"), IssuerAlias.of("partners"));
    assertThat(rejected(PolicyTexts.of(List.of(file)).knowing(KnownAliases.of(aliases)).reading()))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.message())
                    .isEqualTo("principals: \"" + principal + "\" (expected: " + expected + ")"));
  }

  @Test
  void alias_thatTheServerLacks_failsTheLoadAndTheReload(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("p.yaml"), rule("'oidc:okta:*'", "actors: any"));

    try (PolicyFile policy =
        PolicyFile.builder(file).aliases(Set.of(IssuerAlias.of("okta"))).follow()) {
      Files.writeString(file, rule("'oidc:otka:*'", "actors: any"));

      assertThat(
              policy
                  .reloadNow()
                  .<List<String>>fold(
                      reloaded -> List.of(),
                      unchanged -> List.of(),
                      rejected -> rejected.problems().stream().map(PolicyProblem::code).toList()))
          .containsExactly("unknown-alias");
      assertThat(policy.current().aliases()).containsExactly(IssuerAlias.of("okta"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spiffe://exmple.org/ns/*|spiffe://example.org/ns/*",
        "spiffe://example-org/ns/a|spiffe://example.org/ns/a",
        "spiffe://other.test/a|a trust domain of the server: example.org"
      })
  void trustDomain_thatTheServerLacks_failsTheLoad(
      String principal, String expected, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("p.yaml"), rule("'" + principal + "'", ""));
    PolicyFileBuilder told = PolicyFile.builder(file).trustDomains(Set.of("example.org"));

    assertThatThrownBy(told::follow)
        .hasMessageContaining("\"" + principal + "\" (expected: " + expected + ")");
  }

  @Test
  void trustDomain_thatTheServerHas_isLoaded(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(folder.resolve("p.yaml"), rule("'spiffe://example.org/ns/*'", ""));

    try (PolicyFile policy =
        PolicyFile.builder(file).trustDomains(Set.of("example.org")).follow()) {
      assertThat(policy.current().trustDomains()).containsExactly("example.org");
    }
    PolicyFileBuilder none = PolicyFile.builder(file).trustDomains(Set.of());
    assertThatThrownBy(none::follow)
        .hasMessageContaining("(expected: none of SPIFFE: the server has no trust domain)");
  }

  static Stream<Arguments> noted() {
    String claims = "claims: [{claim: x, equals: a}]";
    String tags = "tags: [{tag: team, equals: a}]";
    return Stream.of(
        arguments("allow", "oidc:okta:*", "", "every-subject"),
        arguments("allow", "spiffe://example.org/*", "", "every-subject"),
        arguments(
            "allow",
            "oidc:github:repo:acme/shop:ref:refs/heads/main",
            "",
            "name-can-be-registered"),
        arguments("allow", "oidc:github:repo:acme/*", claims, "name-can-be-registered"),
        arguments("allow", "key:ci", claims, "never-stated"),
        arguments("allow", "dns:partners:a.example", "scopes: [s]", "never-stated"),
        arguments("allow", "oidc:okta:kim", tags, "never-stated"),
        arguments("deny", "key:ci", claims, "never-stated"),
        arguments("deny", "oidc:okta:kim", "actors: any", "any-actor-denied"),
        arguments("allow", "oidc:okta:kim", claims, ""),
        arguments("allow", "oidc:okta:kim", "actors: any", ""),
        arguments("allow", "spiffe://example.org/a", claims, ""),
        arguments("allow", "arn:aws:iam::111122223333:*", tags, ""),
        arguments("deny", "oidc:github:repo:acme/*", "", ""),
        arguments(
            "allow",
            "oidc:github:repo:acme/*",
            "claims: [{claim: repository_owner_id, equals: '1'}]",
            ""),
        arguments("allow", "oidc:eks:system:serviceaccount:shop:checkout", "", ""));
  }

  @ParameterizedTest
  @MethodSource("noted")
  void rule_thatMeansMoreOrLessThanItSeemsTo_isNoted(
      String section, String principal, String source, String code) {
    String text = rule("'" + principal + "'", source).replace("allow_rules", section + "_rules");

    assertThat(loaded(text).notes().stream().map(PolicyNote::code))
        .filteredOn(found -> !found.equals("no-allow-rules"))
        .containsExactlyElementsOf(code.isEmpty() ? List.of() : List.of(code));
  }

  private static String rule(String principals, String source) {
    return "name: x\nallow_rules:\n  - name: r\n    source:\n      principals: ["
        + principals
        + "]\n      "
        + source
        + "\n    request: {paths: ['/a.B/C']}\n";
  }

  private static PolicyReading.Loaded loaded(String text) {
    return read(text)
        .fold(
            loaded -> loaded,
            rejected -> {
              throw new AssertionError(rejected.problems());
            });
  }

  private static List<PolicyProblem> problems(String text) {
    return rejected(read(text));
  }

  private static List<PolicyProblem> rejected(PolicyReading reading) {
    return reading.fold(
        loaded -> {
          throw new AssertionError(loaded.policy().rules());
        },
        PolicyReading.Rejected::problems);
  }

  private static PolicyReading read(String text) {
    return PolicyDocument.read("policy.yaml", text.getBytes(UTF_8));
  }
}
