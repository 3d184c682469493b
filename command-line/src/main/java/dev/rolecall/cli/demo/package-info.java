/**
 * The command {@code rolecall demo}: {@link dev.rolecall.cli.demo.DemoCommand} is the entry.
 * Depends on no other command.
 */
@NullMarked
package dev.rolecall.cli.demo;

import org.jspecify.annotations.NullMarked;
