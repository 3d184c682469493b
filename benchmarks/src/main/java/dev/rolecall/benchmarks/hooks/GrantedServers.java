package dev.rolecall.benchmarks.hooks;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.grant.GrantRequirement;
import java.time.Instant;
import java.util.List;

/** Two guards that differ in one thing: whether the rule of their policy requires a grant. */
final class GrantedServers {

  private static final String ROLE = "arn:aws:iam::111122223333:role/checkout";
  private static final Caller CALLER =
      Caller.of(
          IamRole.of(ROLE, "AROABENCHMARKBENCHMAR"),
          Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "i-0123456789"),
          Instant.ofEpochSecond(32_503_680_000L));

  private GrantedServers() {}

  /** A guard whose policy allows the caller by a plain rule. */
  static CallGuard byRule() {
    return guard(PolicyRule.Source.of(callers())).build();
  }

  /** A guard whose policy allows the caller while it holds a grant. */
  static CallGuard byGrant() {
    return guard(PolicyRule.Source.of(callers()).requiring(GrantRequirement.of("orders-admin")))
        .grants(new SteadyGrants())
        .build();
  }

  private static List<PrincipalPattern> callers() {
    return List.of(PrincipalPattern.parse(ROLE));
  }

  private static CallGuardBuilder guard(PolicyRule.Source source) {
    AccessPolicy policy =
        AccessPolicy.builder("orders")
            .allow("callers", source, CallConditions.none(), "/orders.v1.Orders/Get")
            .build();
    return CallGuard.builder(PolicySource.fixed(policy))
        .accept(new KnownCaller(CALLER))
        .runtime(AccessRuntime.ofDefaults());
  }
}
