package dev.rolecall.policytools.compare;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policytools.CallerQuery;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A principal that stands for all that a pattern means and no closer pattern does. The principal of
 * a pattern that means one is that one. Of patterns that mean several, those of roles have one.
 */
final class RepresentativePrincipal {

  private static final String ANY_SUFFIX = "_0000000000000000";

  private RepresentativePrincipal() {}

  /**
   * The principal.
   *
   * @param all the patterns that may be closer
   */
  static Optional<Principal> of(PrincipalPattern pattern, Collection<PrincipalPattern> all) {
    return CallerQuery.onlyOne(pattern)
        .or(() -> roles(pattern).filter(role -> isOfNoCloser(role, pattern, all)).findFirst());
  }

  private static Stream<Principal> roles(PrincipalPattern pattern) {
    if (pattern instanceof RolePattern.PermissionSet set) {
      return Stream.of(
          role(set.partition(), set.account(), "AWSReservedSSO_" + set.name() + ANY_SUFFIX));
    }
    if (pattern instanceof RolePattern.RolePrefix start) {
      return names(start.prefix()).map(name -> role(start.partition(), start.account(), name));
    }
    if (pattern instanceof RolePattern.WholeAccount account) {
      return names("").map(name -> role(account.partition(), account.account(), name));
    }
    return Stream.empty();
  }

  /** One more character of each kind that the name of a role may have. */
  private static Stream<String> names(String start) {
    return "=+,@.-_zyxwvutsrqponmlkjihgfedcba0123456789"
        .chars()
        .mapToObj(c -> start + (char) c + (char) c);
  }

  private static Principal role(Partition partition, AccountId account, String name) {
    return IamRole.ofUnknownId(
        RoleArn.parse("arn:" + partition + ":iam::" + account + ":role/" + name));
  }

  private static boolean isOfNoCloser(
      Principal role, PrincipalPattern pattern, Collection<PrincipalPattern> all) {
    return all.stream()
        .filter(other -> !other.equals(pattern) && other.matches(role, Attributes.none()))
        .allMatch(other -> isWider(other, pattern));
  }

  /** Whether the one means all that the other means. */
  private static boolean isWider(PrincipalPattern one, PrincipalPattern other) {
    return one instanceof RolePattern.WholeAccount
        || (one instanceof RolePattern.RolePrefix wide
            && other instanceof RolePattern.RolePrefix narrow
            && narrow.prefix().startsWith(wide.prefix()))
        || (one instanceof RolePattern.RolePrefix && other instanceof RolePattern.PermissionSet);
  }
}
