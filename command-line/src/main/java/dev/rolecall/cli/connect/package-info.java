/**
 * Connections to a server, and what answers at its address: {@link
 * dev.rolecall.cli.connect.ClientEnd} is the entry. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.connect;

import org.jspecify.annotations.NullMarked;
