/**
 * Brings OAuth2 tokens on each call: {@link dev.rolecall.tokencredentials.TokenCallCredentials}
 * asks a token endpoint, or reads a file, and attaches the token to gRPC calls.
 *
 * <p>Depends on {@code credential-renewal}, {@code signed-tokens}, {@code caller-identity}, the
 * gRPC API and the JDK's HTTP client; never on the server's side.
 */
@NullMarked
package dev.rolecall.tokencredentials;

import org.jspecify.annotations.NullMarked;
