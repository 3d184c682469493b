/**
 * The command {@code rolecall envoy-checker}: {@link dev.rolecall.cli.checker.EnvoyCheckerCommand}
 * is the entry. Depends on no other command.
 */
@NullMarked
package dev.rolecall.cli.checker;

import org.jspecify.annotations.NullMarked;
