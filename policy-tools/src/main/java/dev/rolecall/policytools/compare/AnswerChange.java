package dev.rolecall.policytools.compare;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.PolicyAnswer;
import dev.rolecall.policytools.StatedCall;
import java.util.Optional;

/**
 * A question that two policies answer differently.
 *
 * @param caller the caller of the question
 * @param methods one method, or with a {@code *} at its end every method that starts like that and
 *     that neither policy has a closer path for
 * @param call headers and an address that stand for those of all calls with these answers; none
 *     where neither policy reads them
 * @param before the answer of the one policy
 * @param after the answer of the other
 */
public record AnswerChange(
    CallerQuery caller,
    MethodPattern methods,
    Optional<StatedCall> call,
    PolicyAnswer before,
    PolicyAnswer after) {

  /** Checks that nothing is absent. */
  public AnswerChange {
    requireNonNull(caller, "caller");
    requireNonNull(methods, "methods");
    requireNonNull(call, "call");
    requireNonNull(before, "before");
    requireNonNull(after, "after");
  }
}
