/**
 * The keys of one issuer, fetched in the background: {@link
 * dev.rolecall.tokens.internal.keys.IssuerKeys} is the entry. No caller waits for a fetch, but for
 * one whose token names a key that the issuer may have published since.
 *
 * <p>Internal: not exported. Knows neither tokens nor callers.
 */
@NullMarked
package dev.rolecall.tokens.internal.keys;

import org.jspecify.annotations.NullMarked;
