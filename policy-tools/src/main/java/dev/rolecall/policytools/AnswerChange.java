package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.MethodPattern;

/**
 * A question that two policies answer differently.
 *
 * @param caller the caller of the question
 * @param methods one method, or with a {@code *} at its end every method that starts like that and
 *     that neither policy has a closer path for
 * @param before the answer of the one policy
 * @param after the answer of the other
 */
public record AnswerChange(
    CallerQuery caller, MethodPattern methods, PolicyAnswer before, PolicyAnswer after) {

  /** Checks that nothing is absent. */
  public AnswerChange {
    requireNonNull(caller, "caller");
    requireNonNull(methods, "methods");
    requireNonNull(before, "before");
    requireNonNull(after, "after");
  }
}
