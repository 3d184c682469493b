/**
 * Who presented this proof? {@link dev.rolecall.access.scheme.CallerVerifier} answers, in memory
 * where it can and by asking STS where it must. The package knows no gRPC: {@code
 * dev.rolecall.verifier.grpc} puts it in front of services.
 */
@NullMarked
package dev.rolecall.verifier;

import org.jspecify.annotations.NullMarked;
