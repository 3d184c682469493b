package dev.rolecall.fuzz.properties;

import dev.rolecall.fuzz.judge.NaiveCaller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Callers of every kind and the sources of rules, over few names and values, many of them alike: so
 * that rules and callers often meet, or nearly.
 */
final class Callers {

  private static final String ROLE = "arn:aws:iam::111122223333:role/checkout";
  private static final List<String> CALLERS =
      List.of(
          ROLE,
          "oidc:okta:kim",
          "oidc:okta:kim/a",
          "oidc:entra:kim",
          "spiffe://example.org/ns/shop",
          "spiffe://example.com/ns/shop",
          "dns:okta:kim",
          "key:kim");
  private static final List<String> PATTERNS =
      List.of(
          ROLE,
          ROLE + "#AROAEXAMPLE000000001",
          "arn:aws:iam::111122223333:role/check*",
          "arn:aws:iam::111122223333:*",
          "oidc:okta:kim",
          "oidc:okta:kim/*",
          "oidc:okta:*",
          "client:okta:kim",
          "client:entra:kim",
          "spiffe://example.org/ns/*",
          "spiffe://example.org/ns/shop",
          "dns:okta:kim",
          "key:kim");
  private static final List<Object> VALUES =
      List.of(
          "prod",
          "production",
          "7",
          7,
          true,
          List.of("prod", "7"),
          List.of(7, true),
          List.of(),
          Map.of("b", "prod"),
          Map.of("b", List.of("prod")),
          1.5);
  private static final List<String> TESTS =
      List.of(
          "equals: prod",
          "equals: \"7\"",
          "equals: 7",
          "equals: true",
          "any_of: [prod, 7]",
          "any_of: [\"7\", true]",
          "contains: prod",
          "contains: 7",
          "prefix: prod");
  private static final List<String> TAG_TESTS =
      List.of("equals: prod", "equals: \"7\"", "any_of: [prod, a]", "prefix: prod");
  private static final List<String> CLAIMS = List.of("a", "b", "[a, b]");
  private static final List<String> SCOPES = List.of("read", "write");

  private Callers() {}

  static Arbitrary<NaiveCaller> any() {
    return Combinators.combine(
            Arbitraries.of(CALLERS),
            Arbitraries.of("kim", "okta").optional(0.5),
            Arbitraries.of(SCOPES).set().ofMaxSize(2),
            Arbitraries.maps(Arbitraries.of("a", "b"), Arbitraries.of(VALUES)).ofMaxSize(2),
            Arbitraries.maps(Arbitraries.of("a", "b"), Arbitraries.of("prod", "7", "prod2"))
                .ofMaxSize(2),
            Arbitraries.of(CALLERS).optional(0.3))
        .as(Callers::caller);
  }

  private static NaiveCaller caller(
      String principal,
      Optional<String> client,
      Set<String> scopes,
      Map<String, Object> claims,
      Map<String, String> tags,
      Optional<String> actor) {
    return new NaiveCaller(
        principal, NaiveCaller.of(principal).role(), client, scopes, claims, tags, actor);
  }

  /** The source of a rule, as YAML writes it on one line. */
  static Arbitrary<String> sources() {
    Arbitrary<String> claims =
        tests("claims", "claim", Arbitraries.of(CLAIMS), Arbitraries.of(TESTS));
    Arbitrary<String> tags =
        tests("tags", "tag", Arbitraries.of("a", "b"), Arbitraries.of(TAG_TESTS));
    Arbitrary<String> scopes =
        Arbitraries.of("", "", ", scopes: [read]", ", scopes: [read, write]");
    Arbitrary<String> actors =
        Arbitraries.oneOf(
            Arbitraries.just(""),
            Arbitraries.just(", actors: any"),
            Arbitraries.of(PATTERNS)
                .filter(pattern -> !pattern.startsWith("client:"))
                .map(pattern -> ", actors: [\"" + pattern + "\"]"));
    Arbitrary<String> principals =
        Arbitraries.of(PATTERNS)
            .set()
            .ofMinSize(1)
            .ofMaxSize(6)
            .map(set -> set.stream().collect(Collectors.joining("\", \"", "[\"", "\"]")));
    return Combinators.combine(principals, claims, tags, scopes, actors)
        .as(
            (who, claim, tag, scope, actor) ->
                "{principals: " + who + claim + tag + scope + actor + "}");
  }

  /** Half of them none. */
  private static Arbitrary<String> tests(
      String key, String of, Arbitrary<String> names, Arbitrary<String> tests) {
    Arbitrary<String> some =
        Combinators.combine(names, tests)
            .as((name, test) -> "{" + of + ": " + name + ", " + test + "}")
            .list()
            .ofMinSize(1)
            .ofMaxSize(2)
            .map(list -> ", " + key + ": " + list);
    return Arbitraries.oneOf(Arbitraries.just(""), some);
  }
}
