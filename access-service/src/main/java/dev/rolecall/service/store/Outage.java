package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

/**
 * A reason why the store did not answer.
 *
 * @param kind the kind
 * @param sentence what happened, without any secret; fit for the caller
 */
public record Outage(Kind kind, String sentence) {

  /** Checks that nothing is null. */
  public Outage {
    requireNonNull(kind, "kind");
    requireNonNull(sentence, "sentence");
  }

  /** The kinds of outages. */
  public enum Kind {
    /** Too much work waits. Nothing was done: the caller may try again at once, elsewhere. */
    OVERLOADED,
    /** The database cannot be reached, or took too long. */
    UNREACHABLE,
    /** The store has been closed. Nothing was done. */
    CLOSED
  }
}
