/**
 * The commands {@code rolecall access}: {@link dev.rolecall.cli.access.AccessCommand} is the entry.
 * Depends on no other command.
 */
@NullMarked
package dev.rolecall.cli.access;

import org.jspecify.annotations.NullMarked;
