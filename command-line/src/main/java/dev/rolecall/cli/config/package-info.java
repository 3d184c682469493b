/**
 * Configuration files whose sections take a command's options by their names: {@link
 * dev.rolecall.cli.config.ConfigFile} is the entry. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.config;

import org.jspecify.annotations.NullMarked;
