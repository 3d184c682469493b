package dev.rolecall.access;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.internal.accept.Enforcement;
import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.testsupport.ManualTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The caller of the tests, the methods it calls and the policies about it. */
final class Checkout {

  static final RoleArn ROLE = RoleArn.parse("arn:aws:iam::111122223333:role/checkout");
  static final Duration CREDENTIAL_LIFE = Duration.ofMinutes(15);
  static final String UNARY = "test.v1.Echo/Unary";
  static final String BIDI = "test.v1.Echo/Bidi";

  static final CallOrigin ORIGIN = CallOrigin.of("p");

  private Checkout() {}

  static Caller caller() {
    return Caller.of(
        new IamRole(ROLE, RoleId.parse("AROAEXAMPLE0000000001")),
        Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "i-0abc"),
        ManualTime.START.plus(CREDENTIAL_LIFE));
  }

  static AccessPolicy allowAll() {
    return AccessPolicy.builder("test")
        .allow("all methods", List.of(RolePattern.parse(ROLE.toString())), "/test.v1.Echo/*")
        .publicMethods("/test.v1.Echo/Open")
        .build();
  }

  /** The methods of a server whose decisions are recorded so. */
  static CalledMethods methods(AuditCondition condition) {
    return new CalledMethods(
        AuditRules.ofDefaults().on(condition), Enforcement.FULL, PolicySource.fixed(allowAll()));
  }

  /** The unary method, whose decisions are recorded so. */
  static CalledMethod unary(AuditCondition condition) {
    return methods(condition).of(UNARY, true);
  }

  static Admission admission(CalledMethod method) {
    return new Admission(method, ORIGIN, caller(), Long.MAX_VALUE, AccessTime.NEVER);
  }

  /** A runtime of that clock, whose threads start when there is work. */
  static AccessRuntime runtime(Clock clock) {
    return AccessRuntime.builder().clock(clock).build();
  }
}
