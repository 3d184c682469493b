package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.audit.RecordForm;
import dev.rolecall.access.grant.GrantedRight;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.RuleName;
import io.opentelemetry.api.common.Attributes;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cached decision: {@code policy} allows this caller to call this method; shared by all calls
 * with one credential on one connection. One that needs grants holds no answer about them: its
 * right is asked for each call.
 *
 * <p>Refers to the policy weakly. A connection may rest for days, and must not keep a policy from
 * before that has been replaced since.
 */
final class CachedDecision extends WeakReference<AccessPolicy> {

  /**
   * A rule that calls are admitted by.
   *
   * @param labels those that its calls are counted by
   * @param form the form of its calls' records; null where they are not recorded
   */
  record Named(RuleName rule, Attributes labels, @Nullable RecordForm form) {
    Named {
      requireNonNull(rule, "rule");
      requireNonNull(labels, "labels");
    }
  }

  private final Admission admission;
  private final List<Named> named;

  /** The admission's; null where it rests on no grant. */
  private final @Nullable GrantedRight right;

  /**
   * A decision.
   *
   * @param policy which says so
   * @param admission what its calls are admitted on
   * @param named the policy's rule; of a right, its rules in their places
   */
  CachedDecision(AccessPolicy policy, Admission admission, List<Named> named) {
    super(policy);
    this.admission = admission;
    this.named = List.copyOf(named);
    this.right = admission.right();
  }

  /** Whether it is for that method, by that very policy. */
  boolean isFor(CalledMethod method, AccessPolicy policy) {
    return admission.method().equals(method) && refersTo(policy);
  }

  /** The same by that policy, which made it, on other terms. */
  CachedDecision on(AccessPolicy policy, Admission terms) {
    return new CachedDecision(policy, terms, named);
  }

  Admission admission() {
    return admission;
  }

  /** The right that it rests on, which is asked for each call; null if it rests on no grant. */
  @Nullable GrantedRight right() {
    return right;
  }

  /** Whether it admits a call now: as long as it lasts, or while its right is held. */
  boolean isHeld() {
    return right == null || right.isHeld();
  }

  /** The rule that admits a call now. */
  Named named() {
    return named.get(right == null ? 0 : right.place());
  }
}
