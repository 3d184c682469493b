/**
 * Grant tokens, for servers that do not follow grants. Start at {@link
 * dev.rolecall.service.token.GrantTokenIssuer}. The package knows no transport.
 */
@NullMarked
package dev.rolecall.service.token;

import org.jspecify.annotations.NullMarked;
