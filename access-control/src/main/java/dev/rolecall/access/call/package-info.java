/**
 * The facts of a call that a door hands over: where it comes from, and how its headers are read.
 * Start at {@link dev.rolecall.access.call.HeaderReader}. The package depends on the conditions of
 * policies alone.
 */
@NullMarked
package dev.rolecall.access.call;

import org.jspecify.annotations.NullMarked;
