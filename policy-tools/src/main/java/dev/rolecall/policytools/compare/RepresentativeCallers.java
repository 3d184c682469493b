package dev.rolecall.policytools.compare;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleName;
import dev.rolecall.identity.SpiffeId;
import dev.rolecall.identity.pattern.CertificatePattern;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policytools.CallerQuery;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Callers that stand for those that some patterns mean: the one of a pattern of one, and for a
 * pattern of several one that no closer pattern means.
 */
final class RepresentativeCallers {

  /** Characters that a name may have and people do not end names with. */
  private static final String RARE_IN_SUBJECT = "~";

  private static final String RARE_IN_NAME = "_";

  private RepresentativeCallers() {}

  /**
   * A caller for each pattern of the policies' rules but those of roles, by their texts: a policy
   * lists its API clients and subjects, while its roles are those of an account.
   */
  static Collection<CallerQuery> ofOtherKindsThanRoles(Collection<AccessPolicy> policies) {
    Map<String, CallerQuery> callers = new TreeMap<>();
    policies.stream()
        .flatMap(policy -> policy.layers().stream())
        .flatMap(layer -> layer.rules().stream())
        .flatMap(rule -> rule.principals().stream())
        .flatMap(principal -> principal.patterns())
        .filter(pattern -> !(pattern instanceof RolePattern))
        .map(RepresentativeCallers::of)
        .forEach(caller -> callers.put(caller.toString(), caller.with(Attributes.none())));
    return callers.values();
  }

  /** The principals of those patterns, by their texts. */
  static Collection<Principal> principals(Stream<PrincipalPattern> patterns) {
    Map<String, Principal> principals = new TreeMap<>();
    patterns
        .map(RepresentativeCallers::of)
        .forEach(caller -> principals.put(caller.toString(), caller.principal().orElseThrow()));
    return principals.values();
  }

  private static CallerQuery of(PrincipalPattern pattern) {
    Optional<Principal> one = CallerQuery.onlyOne(pattern);
    return CallerQuery.of(one.orElseGet(() -> oneOf(pattern)));
  }

  private static Principal oneOf(PrincipalPattern pattern) {
    if (pattern instanceof OidcPattern.SubjectPrefix prefix) {
      return new OidcSubject(prefix.issuer(), prefix.prefix() + RARE_IN_SUBJECT);
    }
    if (pattern instanceof OidcPattern.Client client) {
      return new OidcSubject(client.issuer(), RARE_IN_SUBJECT);
    }
    if (pattern instanceof CertificatePattern.SpiffePrefix prefix) {
      return new SpiffeId(prefix.trustDomain(), prefix.prefix() + RARE_IN_NAME);
    }
    if (pattern instanceof RolePattern.RolePrefix prefix) {
      return IamRole.ofUnknownId(
          new RoleArn(
              prefix.partition(),
              prefix.account(),
              RoleName.parse(prefix.prefix() + RARE_IN_NAME)));
    }
    if (pattern instanceof RolePattern.WholeAccount account) {
      return IamRole.ofUnknownId(
          new RoleArn(account.partition(), account.account(), RoleName.parse(RARE_IN_NAME)));
    }
    if (pattern instanceof RolePattern.PermissionSet set) {
      return IamRole.ofUnknownId(
          new RoleArn(
              set.partition(),
              set.account(),
              RoleName.parse("AWSReservedSSO_" + set.name() + "_0123456789abcdef")));
    }
    throw new AssertionError(pattern);
  }
}
