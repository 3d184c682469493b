package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.failure.AccessFailure;
import java.util.function.Function;

/** The answer of the rules to a request. */
public sealed interface Ruling {

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<Accepted, T> accepted, Function<Refused, T> refused) {
    if (this instanceof Accepted taken) {
      return accepted.apply(taken);
    }
    if (this instanceof Refused failure) {
      return refused.apply(failure);
    }
    throw new AssertionError();
  }

  /**
   * The rules take the request; reviewers decide.
   *
   * @param rule the rule that offers it
   * @param snapshot the part of the rule that the request keeps
   */
  record Accepted(AccessRule rule, RuleSnapshot snapshot) implements Ruling {
    /** Checks that nothing is absent. */
    public Accepted {
      requireNonNull(rule, "rule");
      requireNonNull(snapshot, "snapshot");
    }
  }

  /**
   * The rules do not take it.
   *
   * @param failure the reason
   */
  record Refused(AccessFailure failure) implements Ruling {
    /** Checks that nothing is absent. */
    public Refused {
      requireNonNull(failure, "failure");
    }
  }
}
