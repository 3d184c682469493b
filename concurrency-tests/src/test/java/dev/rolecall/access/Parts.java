package dev.rolecall.access;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.internal.accept.Enforcement;
import dev.rolecall.access.internal.connection.PresentedCertificates;
import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.RuleName;
import io.opentelemetry.api.common.Attributes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The parts of the engine that stress tests are made of. */
final class Parts {

  static final AccessPolicy POLICY = AccessPolicy.builder("stress").build();
  static final Caller CALLER =
      Caller.of(
          new IamRole(
              RoleArn.parse("arn:aws:iam::111122223333:role/checkout"),
              RoleId.parse("AROAEXAMPLE0000000001")),
          Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "i-0abc"),
          Instant.parse("2030-01-01T00:00:00Z"));
  static final CalledMethod METHOD =
      new CalledMethods(
              AuditRules.ofDefaults().on(AuditCondition.NONE),
              Enforcement.FULL,
              PolicySource.fixed(POLICY))
          .of("test.v1.Echo/Bidi", true);

  private Parts() {}

  static CachedDecision decision() {
    return new CachedDecision(
        POLICY,
        new Admission(METHOD, CallOrigin.of("peer"), CALLER, Long.MAX_VALUE, AccessTime.NEVER),
        List.of(new CachedDecision.Named(RuleName.parse("rule"), Attributes.empty(), null)));
  }

  /** The memory of a connection that nothing was remembered on yet. */
  static ConnectionMemo memo() {
    return new ConnectionMemo(
        "unknown",
        new ConnectionMemo.Ends(
            Optional.empty(), Optional.empty(), new PresentedCertificates(Clock.systemUTC())),
        null,
        false);
  }
}
