/**
 * The meaning of a token's claims: the rules of each issuer's profile, and the caller that a
 * genuine token names. {@link dev.rolecall.tokens.internal.claim.TokenRules} is the entry.
 *
 * <p>Internal: not exported. Knows neither keys nor HTTP. Everything here is computed from the
 * token's text, the settings and the time, and nothing blocks.
 */
@NullMarked
package dev.rolecall.tokens.internal.claim;

import org.jspecify.annotations.NullMarked;
