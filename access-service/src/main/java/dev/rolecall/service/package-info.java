/**
 * Grants access for a time: requests, reviews, grants, locks, and the feed that servers follow.
 * Start at {@link dev.rolecall.service.AccessServer}. An application: it knows the guard and its
 * store, and no transport.
 */
@NullMarked
package dev.rolecall.service;

import org.jspecify.annotations.NullMarked;
