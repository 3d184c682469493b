/**
 * Rolecall in front of gRPC services: {@link dev.rolecall.verifier.grpc.RoleGuard} is the one
 * interceptor to attach, {@link dev.rolecall.verifier.grpc.CurrentCaller} is how a handler reads
 * who called.
 *
 * <p>The package depends on {@code grpc-api} and never on a transport. Nothing in it blocks a
 * thread, and nothing in it calls an application while it holds a lock.
 */
@NullMarked
package dev.rolecall.verifier.grpc;

import org.jspecify.annotations.NullMarked;
