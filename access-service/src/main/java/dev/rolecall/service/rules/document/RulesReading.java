package dev.rolecall.service.rules.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.document.PolicyNote;
import dev.rolecall.policy.document.PolicyProblem;
import dev.rolecall.service.rules.AccessRules;
import java.util.List;
import java.util.function.Function;

/** The outcome of reading the rules of an access service: rules with notes, or problems. */
public sealed interface RulesReading {

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<Loaded, T> loaded, Function<Rejected, T> rejected) {
    if (this instanceof Loaded rules) {
      return loaded.apply(rules);
    }
    if (this instanceof Rejected problems) {
      return rejected.apply(problems);
    }
    throw new AssertionError();
  }

  /**
   * Rules.
   *
   * @param rules the rules
   * @param notes what in them may not be what was meant, in the order it is written
   */
  record Loaded(AccessRules rules, List<PolicyNote> notes) implements RulesReading {
    /** Checks that nothing is absent. */
    public Loaded {
      requireNonNull(rules, "rules");
      notes = List.copyOf(notes);
    }
  }

  /**
   * No rules.
   *
   * @param problems what is wrong, in the order it is written; at least one, at most 100
   */
  record Rejected(List<PolicyProblem> problems) implements RulesReading {
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
