/**
 * The commands {@code rolecall token} and {@code rolecall verify}, which make and judge one proof.
 * Depends on no other command.
 */
@NullMarked
package dev.rolecall.cli.proof;

import org.jspecify.annotations.NullMarked;
