/**
 * Carries requests to STS over HTTP: {@link dev.rolecall.verifier.internal.http.StsRequest} is
 * rebuilt from the verifier's own values, and {@link
 * dev.rolecall.verifier.internal.http.StsTransport} sends it as it is, over the proxies that the
 * environment names.
 *
 * <p>Internal: not exported. Alone knows the HTTP client. Reads no answer.
 */
@NullMarked
package dev.rolecall.verifier.internal.http;

import org.jspecify.annotations.NullMarked;
