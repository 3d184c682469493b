package dev.rolecall.policy;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
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

  boolean contains(ApiClient client) {
    for (PrincipalIndex part : parts) {
      if (part.contains(client)) {
        return true;
      }
    }
    return false;
  }

  /** Without an id, a principal pinned to one does not match. */
  boolean contains(RoleArn role, Optional<RoleId> id) {
    for (PrincipalIndex part : parts) {
      if (part.contains(role, id)) {
        return true;
      }
    }
    return false;
  }

  boolean contains(Principal principal) {
    return principal.fold(role -> contains(role.arn(), Optional.of(role.id())), this::contains);
  }
}
