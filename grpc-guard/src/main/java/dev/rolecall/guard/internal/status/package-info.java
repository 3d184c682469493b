/**
 * The details of a failure on the wire, as the guard and the services of Rolecall write them. Start
 * at {@link dev.rolecall.guard.internal.status.StatusDetails}. The package depends on gRPC alone.
 */
@NullMarked
package dev.rolecall.guard.internal.status;

import org.jspecify.annotations.NullMarked;
