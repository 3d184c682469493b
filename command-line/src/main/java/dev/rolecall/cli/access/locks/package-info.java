/**
 * The commands about locks: {@link dev.rolecall.cli.access.locks.LockCommand} is where to begin.
 */
@NullMarked
package dev.rolecall.cli.access.locks;

import org.jspecify.annotations.NullMarked;
