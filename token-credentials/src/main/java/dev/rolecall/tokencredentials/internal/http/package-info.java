/**
 * Requests to a token endpoint: bounded in size and time, without redirects, over trusted TLS. The
 * entry is {@link dev.rolecall.tokencredentials.internal.http.HttpExchange}.
 *
 * <p>Internal: not exported. Knows nothing of OAuth.
 */
@NullMarked
package dev.rolecall.tokencredentials.internal.http;

import org.jspecify.annotations.NullMarked;
