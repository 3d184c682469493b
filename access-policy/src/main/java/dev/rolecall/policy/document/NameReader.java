package dev.rolecall.policy.document;

import static java.util.stream.Collectors.joining;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.FirstPlaces;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.internal.Printable;
import java.util.List;
import java.util.Optional;

/** Reads the names of a policy and its rules. */
final class NameReader {

  private static final String NAME = "name";

  private final Remarks remarks;
  private final FieldReader read;
  private final FirstPlaces<RuleName> ruleNames;

  NameReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
    this.ruleNames = new FirstPlaces<>(ProblemCode.REPEATED_NAME, remarks);
  }

  /** The name; empty if it is absent or invalid, which has been reported. */
  Optional<RuleName> name(Mapping named) {
    return read.required(named, NAME)
        .flatMap(node -> read.string(NAME, node).flatMap(text -> name(text, node.at())));
  }

  /** The name of a policy whose texts have those names: the distinct ones, cut to what fits. */
  static RuleName joined(List<RuleName> names) {
    String all = names.stream().map(RuleName::value).distinct().collect(joining("+"));
    return new RuleName(all.substring(0, Math.min(all.length(), RuleName.MAX_LENGTH)).strip());
  }

  /** The name of a rule. One that another rule has too is reported. */
  Optional<RuleName> uniqueName(Mapping rule) {
    Optional<RuleName> name = name(rule);
    name.ifPresent(
        found -> read.optional(rule, NAME).ifPresent(node -> checkUnique(found, node.at())));
    return name;
  }

  private Optional<RuleName> name(String text, Place at) {
    if (!RuleName.isValid(text)) {
      remarks.problem(
          at,
          ProblemCode.INVALID_NAME,
          "name: " + Printable.quoted(text) + " (expected: " + RuleName.EXPECTED + ")");
      return Optional.empty();
    }
    return Optional.of(new RuleName(text));
  }

  private void checkUnique(RuleName name, Place at) {
    String named = "name: " + Printable.quoted(name.value());
    ruleNames.take(name, at, named, "a unique name; the rule at %s has it too");
  }
}
