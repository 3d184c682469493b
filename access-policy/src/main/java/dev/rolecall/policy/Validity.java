package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The calls that a decision holds for, beside the one it was made for. It is known when a rule is
 * compiled, from what the rule's conditions read.
 *
 * <p>Only a decision {@link ForCaller} may be stored. As soon as a rule with conditions means the
 * caller and the method on the way to a decision, the decision is {@link ThisCallOnly}, whether the
 * conditions hold or not.
 */
public sealed interface Validity {

  /** Holds for every call of the same caller and method by the same policy, at any time. */
  record ForCaller() implements Validity {}

  /**
   * Holds for calls of the same caller and method until a time. It is stored nowhere: a call that
   * outlives the time is decided again.
   *
   * @param end the first instant at which the decision holds no more
   */
  record Until(Instant end) implements Validity {
    /** Checks that nothing is absent. */
    public Until {
      requireNonNull(end, "end");
    }
  }

  /** Holds for the one call, because a condition read the call itself, such as its headers. */
  record ThisCallOnly() implements Validity {}
}
