/**
 * The lists of the store, page by page. Start at {@link
 * dev.rolecall.service.store.internal.list.Lists}. The package changes nothing, and is not
 * exported.
 */
@NullMarked
package dev.rolecall.service.store.internal.list;

import org.jspecify.annotations.NullMarked;
