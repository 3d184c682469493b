/**
 * Grants of access for a time, and locks, as the engine asks about them. Start at {@link
 * dev.rolecall.access.grant.GrantSource}. The package knows no feed and no store.
 */
@NullMarked
package dev.rolecall.access.grant;

import org.jspecify.annotations.NullMarked;
