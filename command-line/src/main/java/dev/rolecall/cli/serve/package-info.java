/**
 * The command {@code rolecall serve}: {@link dev.rolecall.cli.serve.ServeCommand} is the entry.
 * Depends on no other command.
 */
@NullMarked
package dev.rolecall.cli.serve;

import org.jspecify.annotations.NullMarked;
