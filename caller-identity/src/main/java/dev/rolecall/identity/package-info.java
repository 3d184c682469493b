/**
 * The words that all of Rolecall shares: a caller ({@link dev.rolecall.identity.Caller}) and the
 * reason why a call is refused ({@link dev.rolecall.identity.RefusalReason}).
 *
 * <p>Everything here is an immutable value, safe for use by many threads, and never blocks. The
 * package depends on the JDK alone: no gRPC, no AWS SDK, no Rolecall module.
 */
@NullMarked
package dev.rolecall.identity;

import org.jspecify.annotations.NullMarked;
