/**
 * The parts of a server that say what it accepts: the names in a policy that a scheme vouches for,
 * and the methods whose refused calls are closed. The package knows no call.
 */
@NullMarked
package dev.rolecall.access.internal.accept;

import org.jspecify.annotations.NullMarked;
