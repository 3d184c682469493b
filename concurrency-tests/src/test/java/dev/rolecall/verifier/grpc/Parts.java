package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.RuleName;
import dev.rolecall.verifier.Verification;
import dev.rolecall.verifier.audit.AuditCondition;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The parts that stress tests are made of. */
final class Parts {

  static final CallEnds ENDS =
      new CallEnds(
          new Supervisor(System.getLogger("stress"), task -> {}), Runnable::run, Runnable::run);
  static final AccessPolicy POLICY = AccessPolicy.builder("stress").build();
  static final Caller CALLER =
      Caller.of(
          new IamRole(
              RoleArn.parse("arn:aws:iam::111122223333:role/checkout"),
              RoleId.parse("AROAEXAMPLE0000000001")),
          Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "i-0abc"),
          Instant.parse("2030-01-01T00:00:00Z"));
  static final CalledMethod METHOD =
      new CalledMethods(AuditCondition.NONE, Map.of()).of(MeetingCall.METHOD);
  static final Verification VERIFIED = new Verification.Verified(CALLER);

  private Parts() {}

  static Ending ending() {
    return new Ending(Status.UNAUTHENTICATED, new Metadata(), () -> {}, () -> {}, false);
  }

  static Admission admission() {
    return new Admission(METHOD, "peer", CALLER, Long.MAX_VALUE, GuardTime.NEVER);
  }

  static Permit permit() {
    return new Permit(POLICY, admission(), RuleName.parse("rule"), Attributes.empty());
  }

  /** The memory of a connection that nothing was remembered on yet. */
  static ConnectionMemo memo() {
    return new ConnectionMemo(Peer.at(null), Optional.empty());
  }

  /** An admitted call that is among the live ones, and whose handler has started. */
  static AdmittedCall<String> admitted(
      ServerCall<String, String> call, LiveCalls live, ServerCall.Listener<String> handler) {
    AdmittedCall<String> admitted =
        new AdmittedCall<>(
            new GuardedCall<>(call, ENDS),
            Context.ROOT.withCancellation(),
            admission(),
            POLICY,
            live,
            false);
    live.add(admitted);
    admitted.started(handler);
    return admitted;
  }
}
