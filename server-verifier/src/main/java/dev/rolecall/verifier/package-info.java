/**
 * Recognises IAM roles by asking STS: {@link dev.rolecall.verifier.StsVerifier} is the entry. A
 * proof is read and checked here; the engine remembers answers and keeps limits. The package knows
 * no gRPC.
 */
@NullMarked
package dev.rolecall.verifier;

import org.jspecify.annotations.NullMarked;
