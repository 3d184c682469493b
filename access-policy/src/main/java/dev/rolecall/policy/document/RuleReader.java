package dev.rolecall.policy.document;

import dev.rolecall.policy.PlacedPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.PolicySection;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.RulePrincipal;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.document.internal.CallerConditionReader;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.GrantReader;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.grant.GrantRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the rules of a policy. What is left out never means "any": a rule without principals or
 * paths is a problem.
 */
final class RuleReader {

  private static final KnownKeys SOURCE =
      KnownKeys.of(
          Stream.of(
                  Stream.of(
                      "principals",
                      PrincipalReader.ACTORS,
                      ConditionReader.NETWORKS,
                      GrantReader.KEY),
                  CallerConditionReader.KEYS.stream())
              .flatMap(keys -> keys)
              .toArray(String[]::new));
  private static final KnownKeys REQUEST = KnownKeys.of("paths", ConditionReader.HEADERS);
  private static final KnownKeys RULE =
      KnownKeys.of("name", "source", "request").with("source", SOURCE).with("request", REQUEST);

  private final FieldReader read;
  private final NameReader names;
  private final PrincipalReader principals;
  private final PathReader paths;
  private final ConditionReader conditions;
  private final CallerConditionReader callerConditions;
  private final GrantReader grants;

  RuleReader(Remarks remarks, NameReader names, PrincipalReader principals, PathReader paths) {
    this.read = new FieldReader(remarks);
    this.names = names;
    this.principals = principals;
    this.paths = paths;
    this.conditions = new ConditionReader(remarks);
    this.callerConditions = new CallerConditionReader(remarks);
    this.grants = new GrantReader(remarks);
  }

  /** The rules of one section that have no problem. */
  List<PolicyRule> rules(PolicySection section, Mapping policy) {
    List<PolicyRule> rules = new ArrayList<>();
    for (Node item : read.optionalList(policy, section.key())) {
      read.mapping("a rule of " + section, RULE, item)
          .flatMap(rule -> rule(section, rule))
          .ifPresent(rules::add);
    }
    return rules;
  }

  /** The rule; empty if something is missing, which has been reported. */
  private Optional<PolicyRule> rule(PolicySection section, Mapping rule) {
    Optional<RuleName> name = names.uniqueName(rule);
    Optional<Mapping> source = read.requiredMapping(rule, "source", SOURCE);
    Optional<Mapping> request = read.requiredMapping(rule, "request", REQUEST);
    Optional<PolicyRule.Source> from = source.flatMap(given -> source(section, given));
    List<PlacedPath> to = request.map(paths::paths).orElse(List.of());
    CallConditions narrowed = conditions.conditions(source, request);
    if (name.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PolicyRule(name.get(), section, from.get(), to, narrowed, Optional.of(rule.at())));
  }

  private Optional<PolicyRule.Source> source(PolicySection section, Mapping source) {
    List<RulePrincipal> from = principals.principals(source);
    PolicyRule.Actors actors = principals.actors(source);
    CallerConditions narrowed = callerConditions.conditions(source);
    Optional<GrantRequirement> grant = grants.grant(source, section == PolicySection.DENY_RULES);
    return from.isEmpty()
        ? Optional.empty()
        : Optional.of(new PolicyRule.Source(from, narrowed, actors, grant));
  }
}
