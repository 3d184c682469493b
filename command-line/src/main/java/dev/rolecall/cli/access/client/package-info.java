/**
 * Calls of the access service from a shell: {@link dev.rolecall.cli.access.client.AccessOptions} is
 * the entry. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.access.client;

import org.jspecify.annotations.NullMarked;
