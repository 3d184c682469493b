package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.PolicySection;
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
 * A condition of a rule that does not hold for a call, in words: {@code header x-tenant: absent
 * (expected: blue or green-*)}.
 *
 * @param subject the part of the rule that states it: {@code networks}, or {@code header} and a
 *     name
 * @param fact the fact of the call that it reads: {@code address}, or {@code header} and a name
 * @param found the value of the fact: {@code absent}, {@code unknown}, or the value
 * @param expected the values that would meet the condition
 */
public record UnmetCondition(String subject, String fact, String found, String expected) {

  /** Checks that nothing is absent. */
  public UnmetCondition {
    requireNonNull(subject, "subject");
    requireNonNull(fact, "fact");
    requireNonNull(found, "found");
    requireNonNull(expected, "expected");
  }

  /** The conditions of the rule that do not hold, in the order they are asked. */
  static List<UnmetCondition> of(PolicyRule rule, StatedCall call) {
    List<UnmetCondition> unmet = new ArrayList<>();
    ofNetworks(rule, call.address()).ifPresent(unmet::add);
    for (HeaderMatch header : rule.conditions().headers()) {
      Optional<String> value = call.header(header.key());
      boolean deny = rule.section() == PolicySection.DENY_RULES;
      if (!value.map(text -> header.matches(text, deny)).orElse(false)) {
        String name = "header " + header.key();
        unmet.add(
            new UnmetCondition(
                name, name, value.map(Printable::quoted).orElse("absent"), values(header)));
      }
    }
    return unmet;
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
