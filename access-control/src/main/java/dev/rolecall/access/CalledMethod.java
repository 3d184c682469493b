package dev.rolecall.access;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.identity.Caller;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.condition.CallFacts;
import org.jspecify.annotations.Nullable;

/**
 * A method as calls name it. Get one from {@link AccessControl#method}.
 *
 * @param fullName {@code package.Service/Method}, without a slash before it
 * @param path the same for the policy; null where no policy could list the name
 * @param label the name in metrics: {@code other} where a peer may have made it up
 * @param auditing which of its decisions are recorded
 * @param number in the order in which methods were first called; two may share one
 * @param enforced whether a refused call is closed; false where it is admitted and recorded instead
 */
public record CalledMethod(
    String fullName,
    @Nullable MethodPath path,
    String label,
    AuditCondition auditing,
    int number,
    boolean enforced) {

  /** Whether anyone may call it, by that policy. */
  boolean isPublicIn(AccessPolicy policy) {
    return path != null && policy.isPublic(path);
  }

  /** Whether the caller may call it, by that policy. */
  Decision decide(AccessPolicy policy, Caller caller, CallFacts call) {
    return path == null ? Decision.Denied.NO_MATCH : policy.decide(caller, path, call);
  }
}
