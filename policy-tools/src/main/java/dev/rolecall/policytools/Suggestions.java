package dev.rolecall.policytools;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.PlacedPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.PolicySection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The changes to a policy that would give the other answer, in words for the person who writes it.
 * Each line is enough by itself. None is a recommendation.
 */
final class Suggestions {

  private final AccessPolicy policy;
  private final CallerQuery caller;
  private final MethodPath method;
  private final StatedCall call;

  private Suggestions(AccessPolicy policy, CallerQuery caller, MethodPath method, StatedCall call) {
    this.policy = policy;
    this.caller = caller;
    this.method = method;
    this.call = call;
  }

  static List<String> of(
      AccessPolicy policy, CallerQuery caller, MethodPath method, StatedCall call) {
    return new Suggestions(policy, caller, method, call).lines();
  }

  private List<String> lines() {
    if (policy.isPublic(method)) {
      return List.of(toDenyWhatIsPublic());
    }
    if (isAllowedByRules()) {
      return List.of(
          "add a deny rule for " + callerAndMethod(), takenOutOf(PolicySection.ALLOW_RULES));
    }
    List<String> granted = granted();
    if (matching(PolicySection.DENY_RULES).findAny().isPresent()) {
      return List.of(
          matching(PolicySection.ALLOW_RULES).findAny().isPresent()
              ? takenOutOf(PolicySection.DENY_RULES)
              : takenOutOf(PolicySection.DENY_RULES)
                  + "; and "
                  + (granted.isEmpty() ? allowRuleAdded() : granted.get(0)));
    }
    if (!granted.isEmpty()) {
      return granted;
    }
    List<String> lines = new ArrayList<>();
    rules(PolicySection.ALLOW_RULES).forEach(match -> lines.addAll(toMatchGranted(match)));
    lines.add(allowRuleAdded());
    return lines;
  }

  private boolean isAllowedByRules() {
    Decision decision =
        policy.evaluate(caller.principal().orElseThrow(), caller.attributes(), method, call);
    return decision.isAllowed() || NeededGrants.of(decision, policy, caller, call).areHeld();
  }

  /** A grant is the way that the policy has; a rule without one is no suggestion beside it. */
  private List<String> granted() {
    return rules(PolicySection.ALLOW_RULES)
        .filter(match -> match.matches() && !match.isGranted(caller, call))
        .map(match -> granted(match.rule()))
        .toList();
  }

  private String granted(PolicyRule rule) {
    NeededGrants.One one = NeededGrants.One.of(rule, caller, call);
    String sent =
        one.unusable().stream()
            .map(header -> "send header " + header + " once, with a name of a resource; and ")
            .collect(Collectors.joining());
    return sent + "let the caller have a grant of " + one.inWords();
  }

  private String toDenyWhatIsPublic() {
    String closed =
        policy.publicMethods().stream()
            .filter(path -> path.pattern().matches(method))
            .map(path -> quoted(path.pattern()) + place(path.at()))
            .collect(Collectors.joining(", ", "take ", " out of public_methods"));
    return isAllowedByRules() ? closed + "; and " + takenOutOf(PolicySection.ALLOW_RULES) : closed;
  }

  private List<String> toMatchGranted(RuleMatch match) {
    return match.isGranted(caller, call)
        ? toMatch(match)
        : toMatch(match).stream().map(change -> change + "; and " + granted(match.rule())).toList();
  }

  private List<String> toMatch(RuleMatch match) {
    String named = " rule " + quoted(match.rule().name()) + place(match.rule().at());
    if (match.callerMatches() && match.methodMatches()) {
      return match.conditionsHold() ? List.of() : List.of(changed(match, named));
    }
    if (!match.conditionsHold()) {
      return List.of();
    }
    if (match.callerMatches()) {
      return List.of("add path " + quoted(method) + " to" + named);
    }
    if (!match.methodMatches()) {
      return List.of();
    }
    return List.of(
        match.pinned()
            ? "pin the unique id that the role has now in" + named
            : "add principal " + quoted(principal()) + " to" + named);
  }

  /** A rule without actors has none to be taken out: it gets the one that acts. */
  private String changed(RuleMatch match, String named) {
    boolean lacksActors =
        match.rule().source().actors() instanceof PolicyRule.Actors.Unstated
            && caller.attributes().actor().isPresent();
    String taken =
        match.unmet().stream()
            .map(UnmetCondition::subject)
            .filter(subject -> !lacksActors || !subject.equals(UnmetCondition.ACTORS))
            .collect(Collectors.joining(" and "));
    String added =
        lacksActors
            ? "add actors [" + quoted(caller.attributes().actor().get().text()) + "] to" + named
            : "";
    return Stream.of(taken.isEmpty() ? "" : "take " + taken + " out of" + named, added)
        .filter(change -> !change.isEmpty())
        .collect(Collectors.joining("; and "));
  }

  /** Of a role without its unique id, which a rule need not pin. */
  private String principal() {
    return caller.principal().orElseThrow().text();
  }

  private String allowRuleAdded() {
    return "add an allow rule for " + callerAndMethod();
  }

  private String callerAndMethod() {
    return quoted(principal()) + " and " + quoted(method);
  }

  private String takenOutOf(PolicySection section) {
    return matching(section)
        .map(
            match ->
                "take principal "
                    + joined(match.principals().stream())
                    + ", or path "
                    + joined(match.paths().stream().map(PlacedPath::pattern))
                    + ", out of rule "
                    + quoted(match.rule().name())
                    + place(match.rule().at()))
        .collect(Collectors.joining("; and "));
  }

  private static String joined(Stream<?> values) {
    return values.map(Suggestions::quoted).collect(Collectors.joining(" and "));
  }

  private Stream<RuleMatch> matching(PolicySection section) {
    return rules(section).filter(match -> match.matches() && match.isGranted(caller, call));
  }

  private Stream<RuleMatch> rules(PolicySection section) {
    return RuleMatch.all(policy, caller, method, call)
        .filter(match -> match.rule().section() == section);
  }

  private static String quoted(Object value) {
    return "\"" + value + "\"";
  }

  private static String place(Optional<Place> at) {
    return at.map(place -> " (" + place + ")").orElse("");
  }
}
