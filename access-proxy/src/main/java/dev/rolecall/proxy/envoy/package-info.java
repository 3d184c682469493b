/**
 * The checker for Envoy: a server of {@code envoy.service.auth.v3.Authorization} that judges each
 * call by access control, and tells Envoy which headers the call goes on with. Start at {@link
 * dev.rolecall.proxy.envoy.EnvoyChecker}. It does not depend on the relay.
 */
@NullMarked
package dev.rolecall.proxy.envoy;

import org.jspecify.annotations.NullMarked;
