/**
 * The commands {@code rolecall tls ...}: {@link dev.rolecall.cli.tls.TlsCommand} is the entry.
 * Depends on no other command.
 */
@NullMarked
package dev.rolecall.cli.tls;

import org.jspecify.annotations.NullMarked;
