package dev.rolecall.guard;

import dev.rolecall.access.Admission;
import dev.rolecall.access.CalledMethod;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.internal.Supervisor;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Instant;

/** The parts of the door that stress tests are made of. */
final class Parts {

  static final CallEnds ENDS =
      new CallEnds(
          new Supervisor(System.getLogger("stress"), task -> {}), Runnable::run, Runnable::run);
  static final Caller CALLER =
      Caller.of(
          new IamRole(
              RoleArn.parse("arn:aws:iam::111122223333:role/checkout"),
              RoleId.parse("AROAEXAMPLE0000000001")),
          Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "i-0abc"),
          Instant.parse("2030-01-01T00:00:00Z"));
  static final CalledMethod METHOD =
      new CalledMethod("test.v1.Echo/Bidi", null, "other", AuditCondition.NONE, 0, true);

  private Parts() {}

  static ForcedEnd ending() {
    return new ForcedEnd(Status.UNAUTHENTICATED, new Metadata(), () -> {}, () -> {}, false);
  }

  static Admission admission() {
    return new Admission(METHOD, CallOrigin.of("peer"), CALLER, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** An admitted call that is among the live ones, and whose handler has started. */
  static AdmittedCall<String> admitted(
      ServerCall<String, String> call, LiveCalls live, ServerCall.Listener<String> handler) {
    AdmittedCall<String> admitted =
        new AdmittedCall<>(
            new GuardedCall<>(call, ENDS),
            Context.ROOT.withCancellation(),
            admission(),
            live,
            false);
    live.add(admitted);
    admitted.started(handler);
    return admitted;
  }
}
