package dev.rolecall.protopolicy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.condition.CallConditions;
import java.util.List;

/**
 * The callers that an option states.
 *
 * @param roles the callers, of any kind; none if there is a problem
 * @param conditions the conditions on their calls
 */
record StatedCallers(List<PrincipalPattern> roles, CallConditions conditions) {

  /** The option has a problem, which has been reported. */
  static final StatedCallers NONE = new StatedCallers(List.of(), CallConditions.none());

  StatedCallers {
    roles = List.copyOf(roles);
    requireNonNull(conditions, "conditions");
  }
}
