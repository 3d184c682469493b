/**
 * The store of requests, reviews, grants, locks and events, as the service sees it. Start at {@link
 * dev.rolecall.service.store.AccessStore}. The package knows no SQL; the package {@code
 * internal.sql} does.
 */
@NullMarked
package dev.rolecall.service.store;

import org.jspecify.annotations.NullMarked;
