/**
 * Rolecall from a shell. The entry is {@link dev.rolecall.cli.Rolecall}. Each command has a
 * package; the packages that commands share depend on no command.
 */
@NullMarked
package dev.rolecall.cli;

import org.jspecify.annotations.NullMarked;
