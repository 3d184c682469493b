/**
 * The console's page in a real browser, at real servers, each a process as a user starts it: {@link
 * dev.rolecall.tests.console.ConsoleScene} has the servers and the people, {@link
 * dev.rolecall.tests.console.Chromium} the browsers.
 */
@NullMarked
package dev.rolecall.tests.console;

import org.jspecify.annotations.NullMarked;
