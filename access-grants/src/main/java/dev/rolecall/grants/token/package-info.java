/**
 * Grant tokens: a grant as a signed text that its holder brings, for servers that do not follow
 * grants. Start at {@link dev.rolecall.grants.GrantTokens}; the format is in {@link
 * dev.rolecall.grants.token.GrantTokenClaims}. The package knows no feed.
 */
@NullMarked
package dev.rolecall.grants.token;

import org.jspecify.annotations.NullMarked;
