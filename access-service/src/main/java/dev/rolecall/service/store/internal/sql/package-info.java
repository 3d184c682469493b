/**
 * The statements of the store, one text for SQLite and PostgreSQL. Start at {@link
 * dev.rolecall.service.store.internal.sql.SqlStore}. The databases differ in what {@link
 * dev.rolecall.service.store.internal.database.Database} says. The package is not exported.
 */
@NullMarked
package dev.rolecall.service.store.internal.sql;

import org.jspecify.annotations.NullMarked;
