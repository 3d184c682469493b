/**
 * The things that access for a time is made of: requests, reviews, grants, locks and events. They
 * are plain values. Start at {@link dev.rolecall.service.request.AccessRequest}. The package knows
 * no store, no wire and no rules file.
 */
@NullMarked
package dev.rolecall.service.request;

import org.jspecify.annotations.NullMarked;
