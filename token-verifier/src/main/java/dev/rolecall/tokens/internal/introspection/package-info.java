/**
 * Asks an issuer about opaque tokens (RFC 7662): {@link
 * dev.rolecall.tokens.internal.introspection.Introspector} is the entry.
 *
 * <p>Internal: not exported. Knows no claims: what an answer says is judged elsewhere. Tokens and
 * this server's own secret reach no log, message or {@code toString}.
 */
@NullMarked
package dev.rolecall.tokens.internal.introspection;

import org.jspecify.annotations.NullMarked;
