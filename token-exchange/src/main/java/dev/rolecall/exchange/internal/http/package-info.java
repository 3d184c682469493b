/**
 * The HTTP of a small server on the JDK's: forms, answers, TLS. Knows nothing of tokens. Start at
 * {@link dev.rolecall.exchange.internal.http.BoundServer}.
 */
@NullMarked
package dev.rolecall.exchange.internal.http;

import org.jspecify.annotations.NullMarked;
