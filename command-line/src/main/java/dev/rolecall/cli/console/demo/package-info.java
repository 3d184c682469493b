/**
 * The demo of the console: servers, people and traffic to click through. {@link
 * dev.rolecall.cli.console.demo.ConsoleDemo} is the entry.
 */
@NullMarked
package dev.rolecall.cli.console.demo;

import org.jspecify.annotations.NullMarked;
