package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.AccessPolicy;
import java.util.List;
import java.util.function.Function;

/** What came of looking at a policy file again. */
public sealed interface ReloadResult {

  /** Calls the function of the arm this is. */
  <T> T fold(
      Function<Reloaded, T> reloaded,
      Function<Unchanged, T> unchanged,
      Function<Rejected, T> rejected);

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

    @Override
    public <T> T fold(
        Function<Reloaded, T> reloaded,
        Function<Unchanged, T> unchanged,
        Function<Rejected, T> rejected) {
      return reloaded.apply(this);
    }
  }

  /** The file says what it said, or has not said the same thing twice since it changed. */
  record Unchanged() implements ReloadResult {
    @Override
    public <T> T fold(
        Function<Reloaded, T> reloaded,
        Function<Unchanged, T> unchanged,
        Function<Rejected, T> rejected) {
      return unchanged.apply(this);
    }
  }

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

    @Override
    public <T> T fold(
        Function<Reloaded, T> reloaded,
        Function<Unchanged, T> unchanged,
        Function<Rejected, T> rejected) {
      return rejected.apply(this);
    }
  }
}
