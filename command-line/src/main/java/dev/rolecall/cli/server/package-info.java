/**
 * The demonstration's service and the server that runs it: {@link
 * dev.rolecall.cli.server.EchoServer} is the entry. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.server;

import org.jspecify.annotations.NullMarked;
