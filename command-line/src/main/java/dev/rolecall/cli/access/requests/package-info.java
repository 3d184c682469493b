/**
 * The commands about requests for access: {@link dev.rolecall.cli.access.requests.RequestCommand}
 * is where to begin.
 */
@NullMarked
package dev.rolecall.cli.access.requests;

import org.jspecify.annotations.NullMarked;
