package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.PolicySection;
import dev.rolecall.policy.RuleName;
import java.util.List;
import java.util.Optional;

/**
 * A rule that would have matched but for one thing.
 *
 * @param section the list it stands in
 * @param rule its name
 * @param at where it is written; empty for a policy made by a builder
 * @param why the one thing
 * @param unmet the conditions that do not hold, if they are the one thing; else empty
 */
public record NearMiss(
    PolicySection section, RuleName rule, Optional<Place> at, Why why, List<UnmetCondition> unmet) {

  /** Checks that nothing is absent. */
  public NearMiss {
    requireNonNull(section, "section");
    requireNonNull(rule, "rule");
    requireNonNull(at, "at");
    requireNonNull(why, "why");
    unmet = List.copyOf(unmet);
  }

  /** The one thing that does not match. */
  public enum Why {
    /** The rule means this caller, but other methods. */
    OTHER_METHODS,
    /** The rule means this method, but other callers. */
    OTHER_CALLERS,
    /** The rule means this role and method, but under a unique id that is another or not known. */
    OTHER_ROLE_ID,
    /** The rule means this caller and method, but its conditions do not hold. */
    CONDITIONS_NOT_MET
  }
}
