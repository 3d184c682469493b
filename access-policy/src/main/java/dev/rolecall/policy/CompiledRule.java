package dev.rolecall.policy;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Principal;
import dev.rolecall.policy.Decision.GrantedRule;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.condition.CallFacts;
import java.util.Optional;

/**
 * A rule compiled for decisions. Literals are looked up, so a rule that lists a thousand roles
 * costs no more than one that lists two. Its decisions are made once: one for all calls that match,
 * and one for the single call whose facts were read on the way to it.
 */
final class CompiledRule {

  private final PrincipalSet principals;
  private final CallerConditions callerConditions;
  private final Optional<PrincipalSet> actors;
  private final boolean anyActor;
  private final PathSet paths;
  private final CallConditions conditions;
  private final boolean deny;
  private final Optional<GrantedRule> granted;
  private final Decision forCaller;
  private final Decision forThisCall;

  CompiledRule(PolicyRule rule, PrincipalSet.Groups groups) {
    this.principals = PrincipalSet.of(rule.principals(), groups);
    this.callerConditions = rule.source().conditions();
    this.actors =
        rule.source().actors() instanceof PolicyRule.Actors.OneOf some
            ? Optional.of(PrincipalSet.of(some.principals(), groups))
            : Optional.empty();
    this.anyActor = rule.denies() || rule.source().actors() instanceof PolicyRule.Actors.Any;
    this.paths = PathSet.of(rule.paths());
    this.conditions = rule.conditions();
    this.deny = rule.denies();
    this.granted = rule.source().grant().map(grant -> new GrantedRule(rule.name(), grant));
    this.forCaller = decision(rule.name(), new Validity.ForCaller());
    this.forThisCall = decision(rule.name(), new Validity.ThisCallOnly());
  }

  private Decision decision(RuleName name, Validity validity) {
    return deny
        ? new Decision.Denied(Optional.of(name), validity)
        : new Decision.Allowed(name, validity);
  }

  /**
   * The decision on a call that the rule matches.
   *
   * @param readsCall whether the facts of the call were read on the way to it
   */
  Decision decision(boolean readsCall) {
    return readsCall ? forThisCall : forCaller;
  }

  /** The rule with the grant that it requires; empty if it requires none. */
  Optional<GrantedRule> granted() {
    return granted;
  }

  /** Whether the rule has conditions, so that it reads the facts of a call. */
  boolean readsCall() {
    return !conditions.isNone();
  }

  /** Whether the conditions hold for a call; what is unknown denies. */
  boolean holdsFor(CallFacts call) {
    return conditions.hold(call, deny);
  }

  /** Whether the rule means the caller and the method, whatever its conditions. */
  boolean means(Principal principal, Attributes attributes, MethodPath method) {
    return paths.contains(method) && means(principal, attributes);
  }

  /** Whether the rule means the caller, whatever the method. */
  boolean means(Principal principal, Attributes attributes) {
    return hasPrincipal(principal, attributes)
        && hasActor(attributes)
        && callerConditions.hold(attributes, deny);
  }

  /**
   * A principal that is denied is denied too where it acts for another. The client is the token's,
   * whichever of both asks.
   */
  private boolean hasPrincipal(Principal principal, Attributes attributes) {
    return principals.contains(principal, attributes, deny)
        || (deny
            && !attributes.actors().isEmpty()
            && principals.contains(attributes.actors().get(0), attributes, true));
  }

  private boolean hasActor(Attributes attributes) {
    if (actors.isEmpty()) {
      return anyActor || attributes.actors().isEmpty();
    }
    return !attributes.actors().isEmpty()
        && actors.get().contains(attributes.actors().get(0), Attributes.none(), deny);
  }
}
