/**
 * The door of gRPC: {@link dev.rolecall.guard.CallGuard} asks access control about each call and
 * does what the answer says. Knows no scheme.
 */
@NullMarked
package dev.rolecall.guard;

import org.jspecify.annotations.NullMarked;
