/**
 * The feed of grants and locks for the servers that enforce them, and the same as this node knows
 * it. Start at {@link dev.rolecall.service.internal.feed.GrantFeedServer}. The package knows no SQL
 * and no transport.
 */
@NullMarked
package dev.rolecall.service.internal.feed;

import org.jspecify.annotations.NullMarked;
