/**
 * The front of a server that a command runs: its address, its TLS, how it verifies callers, its
 * metrics. {@link dev.rolecall.cli.front.FrontOptions} is the entry. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.front;

import org.jspecify.annotations.NullMarked;
