package dev.rolecall.policy;

import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What would have a policy give the other answer, in words for the person who writes it. Each line
 * is enough by itself, and none is said to be wise.
 */
final class AnswerFlips {

  private final AccessPolicy policy;
  private final RoleArn role;
  private final Optional<RoleId> id;
  private final MethodPath method;

  private AnswerFlips(AccessPolicy policy, RoleArn role, Optional<RoleId> id, MethodPath method) {
    this.policy = policy;
    this.role = role;
    this.id = id;
    this.method = method;
  }

  static List<String> of(
      AccessPolicy policy, RoleArn role, Optional<RoleId> id, MethodPath method) {
    return new AnswerFlips(policy, role, id, method).lines();
  }

  private List<String> lines() {
    if (policy.isPublic(method)) {
      return List.of(toDenyWhatIsPublic());
    }
    if (policy.evaluate(role, id, method).isAllowed()) {
      return List.of(
          "add a deny rule for " + callerAndMethod(), takenOutOf(PolicySection.ALLOW_RULES));
    }
    if (matching(PolicySection.DENY_RULES).findAny().isPresent()) {
      return List.of(
          matching(PolicySection.ALLOW_RULES).findAny().isPresent()
              ? takenOutOf(PolicySection.DENY_RULES)
              : takenOutOf(PolicySection.DENY_RULES) + "; and " + allowRuleAdded());
    }
    List<String> lines = new ArrayList<>();
    rules(PolicySection.ALLOW_RULES).forEach(rule -> lines.addAll(toMatch(rule)));
    lines.add(allowRuleAdded());
    return lines;
  }

  private String toDenyWhatIsPublic() {
    String closed =
        policy.publicMethods().stream()
            .filter(path -> path.pattern().matches(method))
            .map(path -> quoted(path.pattern()) + place(path.at()))
            .collect(Collectors.joining(", ", "take ", " out of public_methods"));
    return policy.evaluate(role, id, method).isAllowed()
        ? closed + "; and " + takenOutOf(PolicySection.ALLOW_RULES)
        : closed;
  }

  private List<String> toMatch(PolicyRule rule) {
    String named = " rule " + quoted(rule.name()) + place(rule.at());
    boolean methodMatches = rule.matchesMethod(method);
    if (rule.matchesRole(role, id)) {
      return methodMatches ? List.of() : List.of("add path " + quoted(method) + " to" + named);
    }
    if (!methodMatches) {
      return List.of();
    }
    return List.of(
        rule.pins(role)
            ? "pin the unique id that the role has now in" + named
            : "add principal " + quoted(role) + " to" + named);
  }

  private String allowRuleAdded() {
    return "add an allow rule for " + callerAndMethod();
  }

  private String callerAndMethod() {
    return quoted(role) + " and " + quoted(method);
  }

  private String takenOutOf(PolicySection section) {
    return matching(section)
        .map(
            rule ->
                "take principal "
                    + joined(rule.principalsMatching(role, id))
                    + ", or path "
                    + joined(rule.pathsMatching(method).map(PlacedPath::pattern))
                    + ", out of rule "
                    + quoted(rule.name())
                    + place(rule.at()))
        .collect(Collectors.joining("; and "));
  }

  private static String joined(Stream<?> values) {
    return values.map(AnswerFlips::quoted).collect(Collectors.joining(" and "));
  }

  private Stream<PolicyRule> matching(PolicySection section) {
    return rules(section).filter(rule -> rule.matches(role, id, method));
  }

  private Stream<PolicyRule> rules(PolicySection section) {
    return policy.rules().filter(rule -> rule.section() == section);
  }

  private static String quoted(Object value) {
    return "\"" + value + "\"";
  }

  private static String place(Optional<Position> at) {
    return at.map(position -> " (" + position + ")").orElse("");
  }
}
