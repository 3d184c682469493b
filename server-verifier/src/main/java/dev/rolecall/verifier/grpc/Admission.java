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
 */
record Admission(CalledMethod method, String peer, @Nullable Caller caller, long endMillis) {

  /** The same, with that end; itself where it has that end already. */
  Admission endingAt(long millis) {
    return millis == endMillis ? this : new Admission(method, peer, caller, millis);
  }
}
