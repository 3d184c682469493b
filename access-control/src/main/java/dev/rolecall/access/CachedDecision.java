package dev.rolecall.access;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.RuleName;
import io.opentelemetry.api.common.Attributes;
import java.lang.ref.WeakReference;

/**
 * A cached decision: {@code policy} allows this caller to call this method; shared by all calls
 * with one credential on one connection.
 *
 * <p>Refers to the policy weakly. A connection may rest for days, and must not keep a policy from
 * before that has been replaced since.
 */
final class CachedDecision extends WeakReference<AccessPolicy> {

  private final Admission admission;
  private final RuleName rule;
  private final Attributes labels;

  /**
   * A decision.
   *
   * @param policy which says so
   * @param admission what its calls are admitted on
   * @param rule the policy's rule
   * @param labels those that its calls are counted by
   */
  CachedDecision(AccessPolicy policy, Admission admission, RuleName rule, Attributes labels) {
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
