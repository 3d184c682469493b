/**
 * Asks STS who signed, with retries and within a budget: {@link
 * dev.rolecall.verifier.internal.sts.StsClient} is the entry. An endpoint that does not answer is
 * left alone for a while.
 *
 * <p>Internal: not exported. Knows neither gRPC nor caches nor policies. Request lines and bodies
 * hold secrets (STS echoes the session token in an error) and reach no log, message or {@code
 * toString}.
 */
@NullMarked
package dev.rolecall.verifier.internal.sts;

import org.jspecify.annotations.NullMarked;
