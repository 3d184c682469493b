/**
 * The store in PostgreSQL, for several nodes. Start at {@link
 * dev.rolecall.service.store.postgres.PostgresStore}.
 */
@NullMarked
package dev.rolecall.service.store.postgres;

import org.jspecify.annotations.NullMarked;
