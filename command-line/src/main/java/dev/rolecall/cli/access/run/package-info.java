/**
 * The commands that run an access service: {@link dev.rolecall.cli.access.run.AccessServeCommand}
 * is where to begin.
 */
@NullMarked
package dev.rolecall.cli.access.run;

import org.jspecify.annotations.NullMarked;
