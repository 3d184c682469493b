package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.AccessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a call was admitted on.
 *
 * @param method the method called
 * @param peer the peer's address, for the records
 * @param caller who calls; null for a public method
 * @param allowedBy the policy that allowed it
 * @param endMillis when it ends, in milliseconds of the epoch
 */
record Admission(
    CalledMethod method,
    String peer,
    @Nullable Caller caller,
    AccessPolicy allowedBy,
    long endMillis) {}
