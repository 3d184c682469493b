package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.AccessPolicy;
import java.util.List;
import java.util.function.Function;

/** The outcome of reading a policy's text: a policy with notes, or problems. */
public sealed interface PolicyReading {

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<Loaded, T> loaded, Function<Rejected, T> rejected) {
    if (this instanceof Loaded policy) {
      return loaded.apply(policy);
    }
    if (this instanceof Rejected problems) {
      return rejected.apply(problems);
    }
    throw new AssertionError();
  }

  /**
   * A policy.
   *
   * @param policy the policy
   * @param notes what in it may not be what was meant, in the order it is written
   */
  record Loaded(AccessPolicy policy, List<PolicyNote> notes) implements PolicyReading {
    /** Checks that nothing is absent. */
    public Loaded {
      requireNonNull(policy, "policy");
      notes = List.copyOf(notes);
    }
  }

  /**
   * Not a policy.
   *
   * @param problems what is wrong, in the order it is written; at least one, at most 100
   */
  record Rejected(List<PolicyProblem> problems) implements PolicyReading {
    /**
     * Checks that there is a reason.
     *
     * @throws IllegalArgumentException if there is no problem
     */
    public Rejected {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("problems: none (expected: at least one)");
      }
    }
  }
}
