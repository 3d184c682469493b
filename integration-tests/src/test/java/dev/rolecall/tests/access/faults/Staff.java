package dev.rolecall.tests.access.faults;

import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.PermissionSet;
import dev.rolecall.testsupport.Echo;
import java.util.List;

/** The people, roles and rules of a run: an engineer asks for others, and a lead says yes. */
final class Staff {

  /** The audience of the access service. */
  static final String ACCESS = "access";

  /** The audience of the guarded servers. */
  static final String ORDERS = "orders";

  static final String PERMISSION = "orders-admin";

  static final PermissionSet ENGINEER = PermissionSet.of("111122223333", "Engineer");
  static final EmulatedPrincipal ASKER = ENGINEER.user("asker");
  static final EmulatedPrincipal REVIEWER =
      PermissionSet.of("111122223333", "Lead").user("reviewer");
  static final EmulatedPrincipal ADMIN =
      EmulatedPrincipal.of("arn:aws:iam::111122223333:role/security");
  static final EmulatedPrincipal ENFORCER =
      EmulatedPrincipal.of("arn:aws:iam::111122223333:role/orders");

  private Staff() {}

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
        admins: [{role: "arn:aws:iam::111122223333:role/security"}]
        enforcers: ["arn:aws:iam::111122223333:role/orders"]
        """
        .formatted(
            ENGINEER.roleId(), PermissionSet.of("111122223333", "Lead").roleId(), PERMISSION);
  }

  /** The policy of the guarded servers. */
  static AccessPolicy policy() {
    return AccessPolicy.builder("orders")
        .allow(
            "engineers while they hold a grant",
            PolicyRule.Source.of(List.of(PrincipalPattern.parse("sso:111122223333:Engineer")))
                .requiring(GrantRequirement.of(PERMISSION)),
            CallConditions.none(),
            Echo.ALL)
        .build();
  }

  /** A person as the service names them. */
  static String person(String name) {
    return "corp/" + name;
  }
}
