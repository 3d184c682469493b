/**
 * Token exchange (RFC 8693): a proof in, a short token for one audience out. Start at {@link
 * dev.rolecall.exchange.ExchangeServer}. Depends on the engine and on signed tokens; never on gRPC,
 * AWS or a scheme.
 */
@NullMarked
package dev.rolecall.exchange;

import org.jspecify.annotations.NullMarked;
