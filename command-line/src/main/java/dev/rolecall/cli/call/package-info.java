/**
 * The command {@code rolecall call}: {@link dev.rolecall.cli.call.CallCommand} is the entry.
 * Depends on no other command.
 */
@NullMarked
package dev.rolecall.cli.call;

import org.jspecify.annotations.NullMarked;
