package dev.rolecall.protopolicy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.grant.GrantRequirement;
import java.util.List;
import java.util.Optional;

/**
 * The callers that an option states.
 *
 * @param roles the callers, of any kind; none if there is a problem
 * @param conditions the conditions on their calls
 * @param grant the grant that they must hold
 */
record StatedCallers(
    List<PrincipalPattern> roles, CallConditions conditions, Optional<GrantRequirement> grant) {

  /** The option has a problem, which has been reported. */
  static final StatedCallers NONE =
      new StatedCallers(List.of(), CallConditions.none(), Optional.empty());

  StatedCallers {
    roles = List.copyOf(roles);
    requireNonNull(conditions, "conditions");
    requireNonNull(grant, "grant");
  }

  /** The callers as a rule has them: at least one. */
  PolicyRule.Source source() {
    PolicyRule.Source all = PolicyRule.Source.of(roles);
    return grant.map(all::requiring).orElse(all);
  }
}
