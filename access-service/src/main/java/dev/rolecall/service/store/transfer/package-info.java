/**
 * The content of a store as lines of JSON, to move it between databases. Start at {@link
 * dev.rolecall.service.store.transfer.StoreTransfer}.
 */
@NullMarked
package dev.rolecall.service.store.transfer;

import org.jspecify.annotations.NullMarked;
