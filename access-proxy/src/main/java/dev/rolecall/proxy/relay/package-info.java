/**
 * A byte relay in front of any gRPC service: it admits each call by its caller, passes messages on
 * as they are, and ends streams in the middle. Start at {@link
 * dev.rolecall.proxy.relay.RelayServer}.
 *
 * <p>It reads no message, and knows no scheme of credentials: a {@code CallGuard} judges the calls.
 */
@NullMarked
package dev.rolecall.proxy.relay;

import org.jspecify.annotations.NullMarked;
