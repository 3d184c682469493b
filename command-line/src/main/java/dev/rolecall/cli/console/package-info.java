/**
 * The command {@code rolecall console}: a page in the browser of the person who runs it, for
 * approvals, live access, decisions and policies. {@link dev.rolecall.cli.console.ConsoleCommand}
 * is the entry. The page's files lie beside the classes, in {@code page/}.
 */
@NullMarked
package dev.rolecall.cli.console;

import org.jspecify.annotations.NullMarked;
