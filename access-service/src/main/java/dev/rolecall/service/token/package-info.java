/**
 * The issuing side of grant tokens: the signing keys through their lives, and the tokens. Start at
 * {@link dev.rolecall.service.token.TokenSigningKeys} and {@link
 * dev.rolecall.service.token.GrantTokenIssuer}. The form of a token is stated in {@code
 * dev.rolecall.grants.token}. The package knows no SQL and no rules.
 */
@NullMarked
package dev.rolecall.service.token;

import org.jspecify.annotations.NullMarked;
