/**
 * The identity that a proxy passes on, which its two fronts share: the relay, and the checker for
 * Envoy. Start at {@link dev.rolecall.proxy.PassedIdentity}.
 */
@NullMarked
package dev.rolecall.proxy;

import org.jspecify.annotations.NullMarked;
