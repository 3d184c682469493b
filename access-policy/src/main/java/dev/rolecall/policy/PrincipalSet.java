package dev.rolecall.policy;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Principal;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;

/** The principals of one rule, compiled: those that it lists, and the groups that it names. */
record PrincipalSet(List<PrincipalIndex> parts) {

  /** The indexes of groups, made once for all rules that name them. */
  static final class Groups {

    private final IdentityHashMap<PrincipalGroup, PrincipalIndex> made = new IdentityHashMap<>();

    private PrincipalIndex of(PrincipalGroup group) {
      return made.computeIfAbsent(group, each -> PrincipalIndex.of(each.patterns()));
    }
  }

  static PrincipalSet of(List<RulePrincipal> principals, Groups groups) {
    Stream<PrincipalIndex> own =
        principals.stream().allMatch(RulePrincipal.Group.class::isInstance)
            ? Stream.empty()
            : Stream.of(
                PrincipalIndex.of(
                    principals.stream()
                        .filter(each -> !(each instanceof RulePrincipal.Group))
                        .flatMap(RulePrincipal::patterns)));
    Stream<PrincipalIndex> named =
        principals.stream()
            .filter(RulePrincipal.Group.class::isInstance)
            .map(each -> groups.of(((RulePrincipal.Group) each).group()))
            .distinct();
    return new PrincipalSet(Stream.concat(own, named).toList());
  }

  /**
   * Whether one of them means that caller.
   *
   * @param deny whether a deny rule asks: an unknown role id or client may then be any
   */
  boolean contains(Principal principal, Attributes attributes, boolean deny) {
    for (PrincipalIndex part : parts) {
      if (part.contains(principal, attributes, deny)) {
        return true;
      }
    }
    return false;
  }
}
