/**
 * Rolecall from a shell. The entry is {@link dev.rolecall.cli.Rolecall}; each command is a class of
 * its own.
 */
@NullMarked
package dev.rolecall.cli;

import org.jspecify.annotations.NullMarked;
