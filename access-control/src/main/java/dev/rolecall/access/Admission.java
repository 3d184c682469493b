package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The terms that a call is admitted on. One object serves all calls with one credential on one
 * connection to one method.
 *
 * @param method the method called
 * @param origin the origin of its calls; with the headers of the one call where the decision holds
 *     for no other
 * @param caller the caller; null for a public method
 * @param endMillis when it ends, in milliseconds of the epoch
 * @param endElapsed when it ends by {@link AccessTime#elapsed}, whatever the clock says
 * @param insteadOfRefusal whether the call was admitted and recorded instead of refused
 */
public record Admission(
    CalledMethod method,
    CallOrigin origin,
    @Nullable Caller caller,
    long endMillis,
    long endElapsed,
    boolean insteadOfRefusal)
    implements Outcome {

  /** Checks that nothing is absent. */
  public Admission {
    requireNonNull(method, "method");
    requireNonNull(origin, "origin");
  }

  /** An admission by a rule, or of a public method. */
  public Admission(
      CalledMethod method,
      CallOrigin origin,
      @Nullable Caller caller,
      long endMillis,
      long endElapsed) {
    this(method, origin, caller, endMillis, endElapsed, false);
  }

  /** The peer's address, for the records. */
  public String peer() {
    return origin.peer();
  }

  /** The same, with those ends; itself where it has them already. */
  Admission endingAt(long millis, long elapsed) {
    return millis == endMillis && elapsed == endElapsed
        ? this
        : new Admission(method, origin, caller, millis, elapsed, insteadOfRefusal);
  }

  /** Whether it has ended by that time, as either clock has it. */
  boolean isOverAt(long millis, long elapsed) {
    return millis >= endMillis || elapsed >= endElapsed;
  }
}
