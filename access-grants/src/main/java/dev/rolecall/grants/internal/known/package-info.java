/**
 * The grants, locks and keys that a server knows, and the service's time. Start at {@link
 * dev.rolecall.grants.internal.known.KnownState}. The package knows no feed: what it is told has
 * been checked.
 */
@NullMarked
package dev.rolecall.grants.internal.known;

import org.jspecify.annotations.NullMarked;
