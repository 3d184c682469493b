package dev.rolecall.access;

import dev.rolecall.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The terms that a call is admitted on. One object serves all calls with one credential on one
 * connection to one method.
 *
 * @param method the method called
 * @param peer the peer's address, for the records
 * @param caller the caller; null for a public method
 * @param endMillis when it ends, in milliseconds of the epoch
 * @param endElapsed when it ends by {@link AccessTime#elapsed}, whatever the clock says
 * @param insteadOfRefusal whether the call was admitted and recorded instead of refused
 */
public record Admission(
    CalledMethod method,
    String peer,
    @Nullable Caller caller,
    long endMillis,
    long endElapsed,
    boolean insteadOfRefusal)
    implements Outcome {

  /** An admission by a rule, or of a public method. */
  public Admission(
      CalledMethod method, String peer, @Nullable Caller caller, long endMillis, long endElapsed) {
    this(method, peer, caller, endMillis, endElapsed, false);
  }

  /** The same, with those ends; itself where it has them already. */
  Admission endingAt(long millis, long elapsed) {
    return millis == endMillis && elapsed == endElapsed
        ? this
        : new Admission(method, peer, caller, millis, elapsed);
  }

  /** Whether it has ended by that time, as either clock has it. */
  boolean isOverAt(long millis, long elapsed) {
    return millis >= endMillis || elapsed >= endElapsed;
  }
}
