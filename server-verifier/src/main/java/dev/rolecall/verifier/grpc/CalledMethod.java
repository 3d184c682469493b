package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.verifier.audit.AuditCondition;
import org.jspecify.annotations.Nullable;

/**
 * A method as the guard's parts call it.
 *
 * @param fullName {@code package.Service/Method}, as gRPC has it
 * @param path the same for the policy; null where the name is none that a policy could list
 * @param label the name in metrics: {@code other} where a peer may have made it up
 * @param auditing which of its decisions are recorded
 * @param number in the order in which methods were first called; two may share one
 */
record CalledMethod(
    String fullName, @Nullable MethodPath path, String label, AuditCondition auditing, int number) {

  /** Whether anyone may call it, by that policy. */
  boolean isPublicIn(AccessPolicy policy) {
    return path != null && policy.isPublic(path);
  }

  /** Whether the caller may call it, by that policy. */
  Decision decide(AccessPolicy policy, Caller caller) {
    return path == null ? Decision.Denied.NO_MATCH : policy.decide(caller, path);
  }
}
