package dev.rolecall.benchmarks.grants;

import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.stsemulator.PermissionSet;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.verifier.StsVerifier;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** The people, roles and rules of the run: engineers ask, a lead says yes, an admin takes back. */
final class Corp {

  /** The permission that the enforcers' policy requires. */
  static final String PERMISSION = "orders-admin";

  /** The permission set of all who ask and hold. */
  static final PermissionSet ENGINEER = PermissionSet.of("111122223333", "Engineer");

  private static final PermissionSet LEAD = PermissionSet.of("111122223333", "Lead");
  private static final String SECURITY = "arn:aws:iam::111122223333:role/security";
  private static final String ENFORCER = "arn:aws:iam::111122223333:role/orders";
  private static final Audience ACCESS = Audience.of("access");

  private Corp() {}

  /** The rules of the access service. */
  static String rules() {
    return """
        directories:
          - name: corp
            roles:
              - {account: "111122223333", permission_set: Engineer, role_id: %s}
              - {account: "111122223333", permission_set: Lead, role_id: %s}
        rules:
          - permission: %s
            requesters: [{directory: corp, permission_set: Engineer}]
            reviewers: [{directory: corp, permission_set: Lead}]
            max_duration: 4h
            may_schedule_ahead: 1h
        admins: [{role: "%s"}]
        enforcers: ["%s"]
        """
        .formatted(ENGINEER.roleId(), LEAD.roleId(), PERMISSION, SECURITY, ENFORCER);
  }

  /** The policy of the enforcers. */
  static AccessPolicy policy() {
    return AccessPolicy.builder("orders")
        .allow(
            "engineers while they hold a grant",
            PolicyRule.Source.of(List.of(PrincipalPattern.parse("sso:111122223333:Engineer")))
                .requiring(GrantRequirement.of(PERMISSION)),
            CallConditions.none(),
            HeldStreams.ALL)
        .build();
  }

  /** A session of an engineer. */
  static CallerKeys engineer(StsEmulator sts, String name) {
    return CallerKeys.of(sts.add(ENGINEER.user(name)));
  }

  /** A session of a reviewer. */
  static CallerKeys lead(StsEmulator sts) {
    return CallerKeys.of(sts.add(LEAD.user("lead")));
  }

  /** A session of an administrator. */
  static CallerKeys security(StsEmulator sts) {
    return CallerKeys.of(sts.addRole(SECURITY));
  }

  /** A session of the role of all enforcers. */
  static CallerKeys enforcer(StsEmulator sts) {
    return CallerKeys.of(sts.addRole(ENFORCER));
  }

  /** The verifier of the access service. */
  static StsVerifier verifier(URI sts) {
    return StsVerifier.forAudience(ACCESS)
        .acceptPartitions(Set.of())
        .acceptCustomEndpoint(sts, Orders.REGION.id(), Partition.AWS);
  }

  /** Credentials for calls to the access service. */
  static IamCallCredentials credentials(URI sts, CallerKeys keys) {
    return IamCallCredentials.builder(ACCESS)
        .credentialsProvider(keys.provider())
        .endpoint(sts, Orders.REGION)
        .build();
  }
}
