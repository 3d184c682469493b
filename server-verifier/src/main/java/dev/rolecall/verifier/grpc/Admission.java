package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What a call was admitted on.
 *
 * @param method the method called
 * @param peer the peer's address, for the records
 * @param caller who calls; null for a public method
 * @param endMillis when it ends, in milliseconds of the epoch
 * @param endElapsed when it ends by {@link GuardTime#elapsed}, whatever the clock says
 */
record Admission(
    CalledMethod method, String peer, @Nullable Caller caller, long endMillis, long endElapsed) {

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
