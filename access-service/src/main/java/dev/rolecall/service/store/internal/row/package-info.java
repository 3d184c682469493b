/**
 * Rows of the store as values of the domain. Start at {@link
 * dev.rolecall.service.store.internal.row.RequestRows}. The package changes nothing, and is not
 * exported.
 */
@NullMarked
package dev.rolecall.service.store.internal.row;

import org.jspecify.annotations.NullMarked;
