/**
 * The store in a folder of this machine, for one process. Start at {@link
 * dev.rolecall.service.store.sqlite.SqliteStore}.
 */
@NullMarked
package dev.rolecall.service.store.sqlite;

import org.jspecify.annotations.NullMarked;
