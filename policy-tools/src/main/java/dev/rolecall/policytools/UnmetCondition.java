package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.Principal;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.PolicySection;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.claim.ClaimCondition;
import dev.rolecall.policy.claim.ClaimTest;
import dev.rolecall.policy.claim.TagCondition;
import dev.rolecall.policy.condition.Cidr;
import dev.rolecall.policy.condition.HeaderMatch;
import dev.rolecall.policy.condition.HeaderPattern;
import dev.rolecall.policy.condition.IpAddress;
import dev.rolecall.policy.internal.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A condition of a rule that does not hold for a call or its caller, in words: {@code header
 * x-tenant: absent (expected: blue or green-*)}, {@code claim environment: absent (expected:
 * "prod")}.
 *
 * @param subject the part of the rule that states it: {@code actors}, {@code networks}, or {@code
 *     claim}, {@code scope}, {@code tag} or {@code header} and a name
 * @param fact the fact that it reads: {@code actor}, {@code address}, or as the subject
 * @param found the value of the fact: {@code absent}, {@code unknown}, or the value
 * @param expected the values that would meet the condition
 */
public record UnmetCondition(String subject, String fact, String found, String expected) {

  /** The subject of a condition on who acts for the caller. */
  static final String ACTORS = "actors";

  private static final String ABSENT = "absent";

  /** Checks that nothing is absent. */
  public UnmetCondition {
    requireNonNull(subject, "subject");
    requireNonNull(fact, "fact");
    requireNonNull(found, "found");
    requireNonNull(expected, "expected");
  }

  /** The conditions of the rule that do not hold, in the order they are asked. */
  static List<UnmetCondition> of(PolicyRule rule, Attributes caller, StatedCall call) {
    List<UnmetCondition> unmet = new ArrayList<>();
    ofCaller(rule, caller, unmet);
    ofNetworks(rule, call.address()).ifPresent(unmet::add);
    for (HeaderMatch header : rule.conditions().headers()) {
      Optional<String> value = call.header(header.key());
      boolean deny = rule.section() == PolicySection.DENY_RULES;
      if (!value.map(text -> header.matches(text, deny)).orElse(false)) {
        String name = "header " + header.key();
        unmet.add(
            new UnmetCondition(
                name, name, value.map(Printable::quoted).orElse(ABSENT), values(header)));
      }
    }
    return unmet;
  }

  private static void ofCaller(PolicyRule rule, Attributes caller, List<UnmetCondition> unmet) {
    CallerConditions conditions = rule.source().conditions();
    boolean deny = rule.denies();
    for (ClaimCondition claim : conditions.claims()) {
      if (!claim.of(caller).holds(deny)) {
        unmet.add(of("claim " + claim.claim(), claim.claim().in(caller.claims()), claim.test()));
      }
    }
    for (TagCondition tag : conditions.tags()) {
      if (!tag.of(caller).holds(deny)) {
        unmet.add(
            of(
                "tag " + tag.tag(),
                Optional.ofNullable(caller.tags().get(tag.tag())).map(ClaimValue.Text::new),
                tag.test()));
      }
    }
    for (String scope : conditions.scopes()) {
      if (!CallerConditions.scope(scope, caller).holds(deny)) {
        String name = "scope " + scope;
        unmet.add(new UnmetCondition(name, name, ABSENT, "granted"));
      }
    }
    if (!rule.source().actors().admit(caller.actor(), deny)) {
      unmet.add(
          new UnmetCondition(
              ACTORS,
              "actor",
              caller.actor().map(Principal::text).orElse("none"),
              rule.source()
                  .actors()
                  .fold(
                      unstated -> "none, as the rule has no actors",
                      any -> "any",
                      some -> joined(some.principals()))));
    }
  }

  private static UnmetCondition of(String name, Optional<ClaimValue> found, ClaimTest test) {
    return new UnmetCondition(
        name,
        name,
        found.map(ClaimTest::inWords).orElse(ABSENT),
        test.fold(
            anyOf -> joined(anyOf.values().stream().map(ClaimTest::inWords).toList()),
            Object::toString,
            Object::toString));
  }

  private static Optional<UnmetCondition> ofNetworks(PolicyRule rule, Optional<IpAddress> address) {
    List<Cidr> networks = rule.conditions().networks();
    boolean holds =
        networks.isEmpty()
            || address
                .map(ip -> networks.stream().anyMatch(network -> network.contains(ip)))
                .orElse(rule.section() == PolicySection.DENY_RULES);
    return holds
        ? Optional.empty()
        : Optional.of(
            new UnmetCondition(
                "networks",
                "address",
                address.map(IpAddress::toString).orElse("unknown"),
                joined(networks)));
  }

  private static String values(HeaderMatch header) {
    return header.values().stream().anyMatch(HeaderPattern::isPresence)
        ? "any value"
        : joined(header.values());
  }

  /** A few of the values, since there may be a thousand. */
  private static String joined(List<?> values) {
    int most = 5;
    String few =
        values.stream().limit(most).map(Object::toString).collect(Collectors.joining(" or "));
    return values.size() > most ? few + " or " + (values.size() - most) + " more" : few;
  }

  @Override
  public String toString() {
    return fact + ": " + found + " (expected: " + expected + ")";
  }
}
