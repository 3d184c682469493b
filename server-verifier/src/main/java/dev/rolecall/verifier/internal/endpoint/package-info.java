/**
 * The endpoints that STS may be asked at: {@link
 * dev.rolecall.verifier.internal.endpoint.EndpointTable} holds exact hosts, and {@link
 * dev.rolecall.verifier.internal.endpoint.AwsEndpoints} the names that AWS gives them.
 *
 * <p>Internal: not exported. Resolves no name and opens no connection.
 */
@NullMarked
package dev.rolecall.verifier.internal.endpoint;

import org.jspecify.annotations.NullMarked;
