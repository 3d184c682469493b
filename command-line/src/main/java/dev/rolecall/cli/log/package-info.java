/**
 * The log of a command, on standard error: {@link dev.rolecall.cli.log.Logging} is the entry.
 * Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.log;

import org.jspecify.annotations.NullMarked;
