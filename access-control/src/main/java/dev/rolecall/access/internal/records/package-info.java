/**
 * The bounds on what peers make this server write, and the writing of records. {@link
 * dev.rolecall.access.internal.records.AuditWriter} and {@link
 * dev.rolecall.access.internal.records.RecordBudget} are the entries. The package knows neither
 * calls nor policies.
 */
@NullMarked
package dev.rolecall.access.internal.records;

import org.jspecify.annotations.NullMarked;
