package dev.rolecall.policy;

import dev.rolecall.identity.RolePattern;
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

  /** Stands in where a name is wrong, so that the rest is read too; such a policy is rejected. */
  private static final RuleName UNNAMED = new RuleName("unnamed");

  /** A name and where it is written. */
  private record PlacedName(RuleName name, Position at) {}

  private final Findings findings;
  private final FieldReader read;
  private final Map<RuleName, Position> ruleNames = new HashMap<>();

  PolicyReader(Findings findings) {
    this.findings = findings;
    this.read = new FieldReader(findings);
  }

  /** The policy; to be used only if no problem was found. */
  Optional<AccessPolicy> read(Node root) {
    return read.mapping("the policy", root)
        .map(
            mapping -> {
              Map<String, Node.Field> fields = POLICY.fieldsOf(mapping, findings);
              String name = nameOf(name("the policy", mapping, fields)).value();
              List<PolicyRule> deny = rules(PolicySection.DENY_RULES, fields);
              List<PolicyRule> allow = rules(PolicySection.ALLOW_RULES, fields);
              List<PlacedPath> open = publicMethods(fields);
              new PolicyReview(findings).review(mapping.at(), deny, allow, open);
              return new AccessPolicy(name, deny, allow, open);
            });
  }

  private Optional<PlacedName> name(
      String what, Node.Fields mapping, Map<String, Node.Field> fields) {
    return read.required(what, "name", mapping, fields)
        .flatMap(node -> read.string("name", node).flatMap(text -> name(text, node.at())));
  }

  private Optional<PlacedName> name(String text, Position at) {
    if (!RuleName.isValid(text)) {
      findings.problem(
          at, "name: " + Shown.quoted(text) + " (expected: " + RuleName.EXPECTED + ")");
      return Optional.empty();
    }
    return Optional.of(new PlacedName(new RuleName(text), at));
  }

  private List<PolicyRule> rules(PolicySection section, Map<String, Node.Field> fields) {
    List<PolicyRule> rules = new ArrayList<>();
    for (Node item : read.optionalList(section.key(), fields)) {
      read.mapping("a rule of " + section, item)
          .ifPresent(mapping -> rules.add(rule(section, mapping)));
    }
    return rules;
  }

  private PolicyRule rule(PolicySection section, Node.Fields mapping) {
    Map<String, Node.Field> fields = RULE.fieldsOf(mapping, findings);
    Optional<PlacedName> name = name("the rule", mapping, fields);
    name.ifPresent(this::checkUnique);
    List<RolePattern> principals = new ArrayList<>();
    for (Node item : read.listUnder("the rule", "source", SOURCE, "principals", mapping, fields)) {
      read.string("principals", item)
          .flatMap(text -> principal(text, item.at()))
          .ifPresent(principals::add);
    }
    List<PlacedPath> paths = new ArrayList<>();
    for (Node item : read.listUnder("the rule", "request", REQUEST, "paths", mapping, fields)) {
      path("paths", item).ifPresent(paths::add);
    }
    return new PolicyRule(nameOf(name), section, principals, paths, Optional.of(mapping.at()));
  }

  private void checkUnique(PlacedName name) {
    Position first = ruleNames.putIfAbsent(name.name(), name.at());
    if (first != null) {
      findings.problem(
          name.at(),
          "name: "
              + Shown.quoted(name.name().value())
              + " (expected: a name of its own; it is at "
              + first
              + " too)");
    }
  }

  private static RuleName nameOf(Optional<PlacedName> name) {
    return name.map(PlacedName::name).orElse(UNNAMED);
  }

  private Optional<RolePattern> principal(String text, Position at) {
    try {
      RolePattern pattern = RolePattern.parse(text);
      PrincipalNotes.noteSurprises(text, pattern, at, findings);
      return Optional.of(pattern);
    } catch (IllegalArgumentException e) {
      findings.problem(at, PrincipalNotes.complaint("principals", text, e));
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
                  findings.problem(
                      item.at(),
                      PathRules.complaint(key, path.pattern().text(), PathRules.ONE_SERVICE));
                }
                paths.add(path);
              });
    }
    return paths;
  }

  private Optional<PlacedPath> path(String key, Node item) {
    Optional<String> text = read.string(key, item);
    if (text.isPresent() && !MethodPattern.isValid(text.get())) {
      findings.problem(
          item.at(), PathRules.complaint(key, text.get(), PathRules.expectedFor(text.get())));
      return Optional.empty();
    }
    return text.map(valid -> new PlacedPath(new MethodPattern(valid), Optional.of(item.at())));
  }
}
