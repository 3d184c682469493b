package dev.rolecall.policytools.compare;

import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policytools.NeededGrants;
import java.util.List;

/**
 * The comparison of the grants that two policies need for one call: of all choices each must be
 * met, by one of its grants.
 */
final class GrantChange {

  private GrantChange() {}

  /** Whether each caller that holds enough for the one needs no more for the other. */
  static boolean implies(NeededGrants one, NeededGrants other) {
    return other.choices().stream()
        .allMatch(wanted -> one.choices().stream().anyMatch(met -> isWithin(met, wanted)));
  }

  private static boolean isWithin(List<NeededGrants.One> met, List<NeededGrants.One> wanted) {
    return met.stream()
        .allMatch(
            held ->
                wanted.stream().anyMatch(each -> meets(held.requirement(), each.requirement())));
  }

  /**
   * A grant without resources meets both, whatever the resource. Where a call names no resource it
   * meets the first alone, so the two are no equals.
   */
  private static boolean meets(GrantRequirement held, GrantRequirement wanted) {
    boolean holdsForEach =
        held.resource().isEmpty() && wanted.resource().map(name -> name.isFixed()).orElse(true);
    return held.equals(wanted) || (holdsForEach && held.permission().equals(wanted.permission()));
  }
}
