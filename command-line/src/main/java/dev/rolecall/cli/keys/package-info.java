/**
 * The commands {@code rolecall key}: {@link dev.rolecall.cli.keys.KeyCommand} is the entry. Depends
 * on no other command.
 */
@NullMarked
package dev.rolecall.cli.keys;

import org.jspecify.annotations.NullMarked;
