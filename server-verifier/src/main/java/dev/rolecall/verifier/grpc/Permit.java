package dev.rolecall.verifier.grpc;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.RuleName;
import io.opentelemetry.api.common.Attributes;
import java.lang.ref.WeakReference;

/**
 * That a policy lets a caller call a method, and all that follows from it: made once for the calls
 * with one proof on one connection, which would all come to the same.
 *
 * <p>Refers to the policy weakly. A connection may rest for days, and must not keep a policy from
 * before that has been replaced since.
 */
final class Permit extends WeakReference<AccessPolicy> {

  private final Admission admission;
  private final RuleName rule;
  private final Attributes labels;

  /**
   * A permit.
   *
   * @param policy which says so
   * @param admission what its calls are admitted on
   * @param rule the policy's rule
   * @param labels those that its calls are counted by
   */
  Permit(AccessPolicy policy, Admission admission, RuleName rule, Attributes labels) {
    super(policy);
    this.admission = admission;
    this.rule = rule;
    this.labels = labels;
  }

  /** Whether it is for that method, by that very policy. */
  boolean isFor(CalledMethod method, AccessPolicy policy) {
    return admission.method().equals(method) && refersTo(policy);
  }

  Admission admission() {
    return admission;
  }

  RuleName rule() {
    return rule;
  }

  Attributes labels() {
    return labels;
  }
}
