package dev.rolecall.cli.report;

import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policytools.MatchedClause;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words for the conditions of a rule. */
public final class ConditionWords {

  private ConditionWords() {}

  /** All conditions with semicolons between them; empty if there are none. */
  public static String of(MatchedClause clause) {
    return of(clause.source(), clause.conditions());
  }

  /** The same of a rule, whether it matches or not. */
  public static String of(PolicyRule rule) {
    return of(rule.source(), rule.conditions());
  }

  private static String of(PolicyRule.Source source, CallConditions conditions) {
    return Stream.of(
            ofCaller(source),
            source.grant().stream().map(grant -> "grant: " + grant),
            ofCall(conditions))
        .flatMap(words -> words)
        .collect(Collectors.joining("; "));
  }

  private static Stream<String> ofCaller(PolicyRule.Source source) {
    CallerConditions conditions = source.conditions();
    return Stream.of(
            conditions.claims().stream().map(Object::toString),
            conditions.scopes().stream().map(scope -> "scope " + scope),
            conditions.tags().stream().map(Object::toString),
            source
                .actors()
                .fold(
                    unstated -> Stream.<String>of(),
                    any -> Stream.of("actor: any, or none"),
                    some -> Stream.of("actor: " + joined(some.principals()))))
        .flatMap(words -> words);
  }

  private static Stream<String> ofCall(CallConditions conditions) {
    Stream<String> networks =
        conditions.networks().isEmpty()
            ? Stream.of()
            : Stream.of("address: " + joined(conditions.networks()));
    return Stream.concat(
        networks,
        conditions.headers().stream()
            .map(header -> "header " + header.key() + ": " + joined(header.values())));
  }

  private static String joined(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(" or "));
  }
}
