/**
 * The one way to the user's terminal: {@link dev.rolecall.cli.terminal.Terminal} is the entry. No
 * other class of the command line touches the process's own streams. Depends on nothing of
 * Rolecall's.
 */
@NullMarked
package dev.rolecall.cli.terminal;

import org.jspecify.annotations.NullMarked;
