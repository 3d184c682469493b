/**
 * The parts that the relay and the checker for Envoy share: audiences, the identity passed on, and
 * the port for HTTP. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.proxy;

import org.jspecify.annotations.NullMarked;
