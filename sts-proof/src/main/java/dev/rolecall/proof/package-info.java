/**
 * The text of a caller proof, which is one presigned STS GetCallerIdentity request: written and
 * read by {@link dev.rolecall.proof.CallerProof}.
 *
 * <p>Everything here is an immutable value but {@link dev.rolecall.proof.CallerProof.Builder}.
 * Values are safe for use by many threads and never block. The package depends on caller-identity
 * and the JDK: no gRPC, no AWS SDK, no HTTP. Nothing that it reads has been verified.
 */
@NullMarked
package dev.rolecall.proof;

import org.jspecify.annotations.NullMarked;
