/**
 * The commands {@code rolecall audit}: {@link dev.rolecall.cli.audit.AuditCommand} is the entry.
 * Depends on no other command.
 */
@NullMarked
package dev.rolecall.cli.audit;

import org.jspecify.annotations.NullMarked;
