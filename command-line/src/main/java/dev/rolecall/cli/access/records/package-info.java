/**
 * The commands about the caller, the audit trail and the enforcers: {@link
 * dev.rolecall.cli.access.records.EventsCommand} is where to begin.
 */
@NullMarked
package dev.rolecall.cli.access.records;

import org.jspecify.annotations.NullMarked;
