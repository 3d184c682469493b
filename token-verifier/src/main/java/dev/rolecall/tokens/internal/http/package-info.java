/**
 * Exchanges with an issuer over HTTP: {@link dev.rolecall.tokens.internal.http.IssuerExchanges} is
 * the entry. No redirect is followed, each body is bounded while it arrives, and the time limit
 * holds for the whole exchange.
 *
 * <p>Internal: not exported. Requests hold tokens and secrets, which reach no log, message or
 * {@code toString}.
 */
@NullMarked
package dev.rolecall.tokens.internal.http;

import org.jspecify.annotations.NullMarked;
