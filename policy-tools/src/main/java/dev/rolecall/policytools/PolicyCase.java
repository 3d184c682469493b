package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.Place;

/**
 * A call and the answer that a policy is expected to give.
 *
 * @param caller the caller
 * @param method the method called
 * @param call the headers and the address of the call
 * @param expected the answer it should get
 * @param at where the case is written
 */
public record PolicyCase(
    CallerQuery caller, MethodPath method, StatedCall call, Answer expected, Place at) {

  /** Checks that nothing is absent. */
  public PolicyCase {
    requireNonNull(caller, "caller");
    requireNonNull(method, "method");
    requireNonNull(call, "call");
    requireNonNull(expected, "expected");
    requireNonNull(at, "at");
  }

  /** The policy's answer to this case. */
  public CaseResult under(AccessPolicy policy) {
    return new CaseResult(this, PolicyAnswer.of(policy, caller, method, call));
  }
}
