/**
 * The words both sides share: who a caller is ({@link dev.rolecall.identity.Caller}), which callers
 * a rule means ({@link dev.rolecall.identity.RolePattern}), and the proof that travels between them
 * ({@link dev.rolecall.identity.CallerProof}).
 *
 * <p>Everything here is an immutable value, safe for use by many threads, and never blocks. The
 * package depends on the JDK alone: no gRPC, no AWS SDK, no Rolecall module.
 */
@NullMarked
package dev.rolecall.identity;

import org.jspecify.annotations.NullMarked;
