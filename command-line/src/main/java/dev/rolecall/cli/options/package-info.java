/**
 * Options that several commands share, as mix-ins. Each is spelled alike in every command. Depends
 * on no command.
 */
@NullMarked
package dev.rolecall.cli.options;

import org.jspecify.annotations.NullMarked;
