/**
 * The seam between the statements and the databases. Start at {@link
 * dev.rolecall.service.store.internal.database.Database}. The package knows neither, and is not
 * exported.
 */
@NullMarked
package dev.rolecall.service.store.internal.database;

import org.jspecify.annotations.NullMarked;
