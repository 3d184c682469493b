package dev.rolecall.policy.document;

import dev.rolecall.identity.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.PlacedPath;
import dev.rolecall.policy.PolicyBuilder;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.PolicySection;
import dev.rolecall.policy.Position;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.PrincipalNotes;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.internal.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the meaning of a policy's structure and reports all that is wrong with it. What is left out
 * never means "any": a rule without principals or paths is a problem.
 */
final class PolicyReader {

  private static final KnownKeys POLICY =
      KnownKeys.of("name", "deny_rules", "allow_rules", "public_methods");
  private static final KnownKeys RULE = KnownKeys.of("name", "source", "request");
  private static final KnownKeys SOURCE = KnownKeys.of("principals");
  private static final KnownKeys REQUEST = KnownKeys.of("paths");

  /** A name and its place. */
  private record PlacedName(RuleName name, Position at) {}

  private final Remarks remarks;
  private final FieldReader read;
  private final Map<RuleName, Position> ruleNames = new HashMap<>();

  PolicyReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
  }

  /** The policy; empty if there is a problem, which has been reported. */
  Optional<AccessPolicy> read(Node root) {
    return read.mapping("the policy", root).flatMap(this::policy);
  }

  private Optional<AccessPolicy> policy(Node.Fields mapping) {
    Map<String, Node.Field> fields = POLICY.fieldsOf(mapping, remarks);
    Optional<PlacedName> name = name("the policy", mapping, fields);
    List<PolicyRule> deny = rules(PolicySection.DENY_RULES, fields);
    List<PolicyRule> allow = rules(PolicySection.ALLOW_RULES, fields);
    List<PlacedPath> open = publicMethods(fields);
    if (remarks.anyProblem() || name.isEmpty()) {
      return Optional.empty();
    }
    new PolicyReview(remarks).review(mapping.at(), deny, allow, open);
    PolicyBuilder policy = AccessPolicy.builder(name.get().name().value());
    deny.forEach(policy::add);
    allow.forEach(policy::add);
    open.forEach(policy::addPublic);
    return Optional.of(policy.build());
  }

  private Optional<PlacedName> name(
      String what, Node.Fields mapping, Map<String, Node.Field> fields) {
    return read.required(what, "name", mapping, fields)
        .flatMap(node -> read.string("name", node).flatMap(text -> name(text, node.at())));
  }

  private Optional<PlacedName> name(String text, Position at) {
    if (!RuleName.isValid(text)) {
      remarks.problem(
          at, "name: " + Printable.quoted(text) + " (expected: " + RuleName.EXPECTED + ")");
      return Optional.empty();
    }
    return Optional.of(new PlacedName(new RuleName(text), at));
  }

  private List<PolicyRule> rules(PolicySection section, Map<String, Node.Field> fields) {
    List<PolicyRule> rules = new ArrayList<>();
    for (Node item : read.optionalList(section.key(), fields)) {
      read.mapping("a rule of " + section, item)
          .flatMap(mapping -> rule(section, mapping))
          .ifPresent(rules::add);
    }
    return rules;
  }

  /** The rule; empty if something is missing, which has been reported. */
  private Optional<PolicyRule> rule(PolicySection section, Node.Fields mapping) {
    Map<String, Node.Field> fields = RULE.fieldsOf(mapping, remarks);
    Optional<PlacedName> name = name("the rule", mapping, fields);
    name.ifPresent(this::checkUnique);
    List<PrincipalPattern> principals = new ArrayList<>();
    for (Node item : read.listUnder("the rule", "source", SOURCE, "principals", mapping, fields)) {
      read.string("principals", item)
          .flatMap(text -> principal(text, item.at()))
          .ifPresent(principals::add);
    }
    List<PlacedPath> paths = new ArrayList<>();
    for (Node item : read.listUnder("the rule", "request", REQUEST, "paths", mapping, fields)) {
      path("paths", item).ifPresent(paths::add);
    }
    if (name.isEmpty() || principals.isEmpty() || paths.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PolicyRule(name.get().name(), section, principals, paths, Optional.of(mapping.at())));
  }

  private void checkUnique(PlacedName name) {
    Position first = ruleNames.putIfAbsent(name.name(), name.at());
    if (first != null) {
      remarks.problem(
          name.at(),
          "name: "
              + Printable.quoted(name.name().value())
              + " (expected: a unique name; the rule at "
              + first
              + " has it too)");
    }
  }

  private Optional<PrincipalPattern> principal(String text, Position at) {
    try {
      PrincipalPattern pattern = PrincipalPattern.parse(text);
      PrincipalNotes.noteSurprises(text, pattern, at, remarks);
      return Optional.of(pattern);
    } catch (IllegalArgumentException e) {
      remarks.problem(at, PrincipalNotes.complaint("principals", text, e));
      return Optional.empty();
    }
  }

  private List<PlacedPath> publicMethods(Map<String, Node.Field> fields) {
    String key = PolicySection.PUBLIC_METHODS.key();
    List<PlacedPath> paths = new ArrayList<>();
    for (Node item : read.optionalList(key, fields)) {
      path(key, item)
          .ifPresent(
              path -> {
                if (!path.pattern().staysInOneService()) {
                  remarks.problem(
                      item.at(),
                      PathRules.complaint(
                          key, path.pattern().text(), MethodPattern.EXPECTED_OF_ONE_SERVICE));
                }
                paths.add(path);
              });
    }
    return paths;
  }

  private Optional<PlacedPath> path(String key, Node item) {
    Optional<String> text = read.string(key, item);
    if (text.isPresent() && !MethodPattern.isValid(text.get())) {
      remarks.problem(
          item.at(), PathRules.complaint(key, text.get(), PathRules.expectedFor(text.get())));
      return Optional.empty();
    }
    return text.map(valid -> new PlacedPath(new MethodPattern(valid), Optional.of(item.at())));
  }
}
