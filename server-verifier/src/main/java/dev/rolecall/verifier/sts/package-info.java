/**
 * Asking STS who signed: the endpoints it may be asked at ({@link
 * dev.rolecall.verifier.sts.EndpointTable}), the request rebuilt from the verifier's own values
 * ({@link dev.rolecall.verifier.sts.StsRequest}), and an answer read strictly or not at all ({@link
 * dev.rolecall.verifier.sts.StsClient}).
 *
 * <p>Internal: not exported. Knows neither gRPC nor caches nor policies. Request lines and bodies
 * hold secrets (STS echoes the session token in an error) and reach no log, message or {@code
 * toString}.
 */
@NullMarked
package dev.rolecall.verifier.sts;

import org.jspecify.annotations.NullMarked;
