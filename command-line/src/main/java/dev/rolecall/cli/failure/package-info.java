/**
 * Failures of commands and of calls, and the words for them: {@link
 * dev.rolecall.cli.failure.Complaint} is the entry. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.failure;

import org.jspecify.annotations.NullMarked;
