/**
 * The public keys of a trust domain, from a file or from an HTTP server. Knows no token.
 *
 * <p>Start at {@link dev.rolecall.txntoken.internal.keys.KnownKeys}.
 */
@NullMarked
package dev.rolecall.txntoken.internal.keys;

import org.jspecify.annotations.NullMarked;
