/**
 * The command {@code rolecall relay}: {@link dev.rolecall.cli.relay.RelayCommand} is the entry.
 * Depends on no other command.
 */
@NullMarked
package dev.rolecall.cli.relay;

import org.jspecify.annotations.NullMarked;
