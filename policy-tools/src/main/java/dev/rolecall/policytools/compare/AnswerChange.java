package dev.rolecall.policytools.compare;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policytools.Answer;
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

  /** The direction of a change. */
  public enum Effect {
    /** The new policy lets through what the old one did not, or asks for less. */
    LOOSENS("loosens"),
    /** The new policy refuses what the old one did not, or asks for more. */
    TIGHTENS("tightens"),
    /** The new policy asks for other grants, neither more nor less. */
    DIFFERS("differs");

    private final String word;

    Effect(String word) {
      this.word = word;
    }

    /** The direction as messages and JSON write it. */
    @Override
    public String toString() {
      return word;
    }
  }

  /** Whether the new policy allows more or less: a yes is more than one with a grant alone. */
  public Effect effect() {
    if (before.answer() != after.answer()) {
      return before.answer().compareTo(after.answer()) < 0 ? Effect.TIGHTENS : Effect.LOOSENS;
    }
    if (GrantChange.implies(before.needed(), after.needed())) {
      return Effect.LOOSENS;
    }
    return GrantChange.implies(after.needed(), before.needed()) ? Effect.TIGHTENS : Effect.DIFFERS;
  }

  /** Whether two answers to one question differ, in the grants that they ask for too. */
  static boolean isBetween(PolicyAnswer before, PolicyAnswer after) {
    return before.answer() != after.answer()
        || (before.answer() == Answer.NEEDS_GRANT
            && !(GrantChange.implies(before.needed(), after.needed())
                && GrantChange.implies(after.needed(), before.needed())));
  }
}
