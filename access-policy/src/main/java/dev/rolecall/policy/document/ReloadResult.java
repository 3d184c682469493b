package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.AccessPolicy;
import java.util.List;
import java.util.function.Function;

/** The outcome of checking a policy file again. */
public sealed interface ReloadResult {

  /** Calls the function of the arm this is. */
  default <T> T fold(
      Function<Reloaded, T> reloaded,
      Function<Unchanged, T> unchanged,
      Function<Rejected, T> rejected) {
    if (this instanceof Reloaded taken) {
      return reloaded.apply(taken);
    }
    if (this instanceof Unchanged same) {
      return unchanged.apply(same);
    }
    if (this instanceof Rejected problems) {
      return rejected.apply(problems);
    }
    throw new AssertionError();
  }

  /** The arm in one lower-case word, as metrics write it. */
  default String label() {
    return fold(reloaded -> "reloaded", unchanged -> "unchanged", rejected -> "rejected");
  }

  /**
   * There is a new policy, and it is the current one.
   *
   * @param policy the new policy
   * @param notes what in it may not be what was meant
   */
  record Reloaded(AccessPolicy policy, List<PolicyNote> notes) implements ReloadResult {
    /** Checks that nothing is absent. */
    public Reloaded {
      requireNonNull(policy, "policy");
      notes = List.copyOf(notes);
    }
  }

  /** The file has the content it had, or changed since the last check and must settle first. */
  record Unchanged() implements ReloadResult {}

  /**
   * The file is no policy any more, or is gone: the last good policy stays the current one.
   *
   * @param problems what is wrong; at least one
   */
  record Rejected(List<PolicyProblem> problems) implements ReloadResult {
    /** Checks that nothing is absent. */
    public Rejected {
      problems = List.copyOf(problems);
    }
  }
}
