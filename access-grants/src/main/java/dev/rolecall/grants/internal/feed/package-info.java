/**
 * The stream of news from an access service. Start at {@link
 * dev.rolecall.grants.internal.feed.FeedClient}. The package knows no caller.
 */
@NullMarked
package dev.rolecall.grants.internal.feed;

import org.jspecify.annotations.NullMarked;
