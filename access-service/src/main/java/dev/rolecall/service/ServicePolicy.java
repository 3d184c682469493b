package dev.rolecall.service;

import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.GrantFeedGrpc;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyBuilder;
import dev.rolecall.service.rules.AccessRule;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.rules.Party;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The policy of the service's own guard, which follows from its rules. It says who may call which
 * method at all; the calls themselves judge the rest. A method that is not named here is denied.
 */
final class ServicePolicy {

  private static final String HEALTH = "/grpc.health.v1.Health/*";

  private static final String SERVICE = AccessServiceGrpc.SERVICE_NAME;

  private static final List<String> OF_ALL = methods("WhoAmI", "GetSigningKeys");

  private static final List<String> OF_PEOPLE =
      methods(
          "GetAccessRequest",
          "ListAccessRequests",
          "WatchAccessRequests",
          "CancelAccessRequest",
          "GetGrant",
          "ListGrants",
          "RevokeGrant",
          "ListPermissions");

  private static final List<String> OF_REQUESTERS =
      methods("RequestAccess", "ExtendGrant", "IssueGrantToken");

  private static final List<String> OF_REVIEWERS = methods("ReviewAccess");

  private static final List<String> OF_REVIEWERS_AND_ADMINS = methods("ReviewBreakGlass");

  private static final List<String> OF_ADMINS =
      methods("Lock", "Unlock", "ListLocks", "ListEvents", "ListEnforcers", "RotateSigningKeys");

  private static final List<String> OF_ENFORCERS =
      Stream.concat(
              methods("ValidateAccess").stream(),
              Stream.of("/" + GrantFeedGrpc.SERVICE_NAME + "/Watch"))
          .toList();

  private ServicePolicy() {}

  private static List<String> methods(String... names) {
    return Stream.of(names).map(name -> "/" + SERVICE + "/" + name).toList();
  }

  /**
   * The policy of those rules.
   *
   * @param publicHealth whether everyone may ask for the server's health
   */
  static AccessPolicy of(AccessRules rules, boolean publicHealth) {
    Set<PrincipalPattern> requesters =
        patterns(rules.rules().values().stream().map(AccessRule::requesters));
    Set<PrincipalPattern> reviewers =
        patterns(rules.rules().values().stream().map(rule -> rule.reviewing().reviewers()));
    Set<PrincipalPattern> admins = patterns(Stream.of(rules.admins()));
    Set<PrincipalPattern> people = union(requesters, reviewers, admins);
    Set<PrincipalPattern> enforcers = Set.copyOf(rules.enforcers());
    PolicyBuilder policy = AccessPolicy.builder("access-service");
    allow(policy, "requesters", requesters, OF_REQUESTERS);
    allow(policy, "reviewers", reviewers, OF_REVIEWERS);
    allow(policy, "admins", admins, OF_ADMINS);
    allow(policy, "afterwards", union(reviewers, admins, Set.of()), OF_REVIEWERS_AND_ADMINS);
    allow(policy, "people", people, OF_PEOPLE);
    allow(policy, "enforcers", enforcers, OF_ENFORCERS);
    allow(policy, "callers", union(people, enforcers, Set.of()), OF_ALL);
    if (publicHealth) {
      policy.publicMethods(HEALTH);
    }
    return policy.build();
  }

  private static void allow(
      PolicyBuilder policy, String rule, Set<PrincipalPattern> principals, List<String> methods) {
    if (!principals.isEmpty()) {
      policy.allow(rule, principals, methods.toArray(String[]::new));
    }
  }

  private static Set<PrincipalPattern> patterns(Stream<List<Party>> parties) {
    return parties
        .flatMap(List::stream)
        .flatMap(Party::patterns)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<PrincipalPattern> union(
      Set<PrincipalPattern> first, Set<PrincipalPattern> second, Set<PrincipalPattern> third) {
    return Stream.of(first, second, third)
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }
}
