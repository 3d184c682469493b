/**
 * Proxies that pass on who called, as the engine asks about them. Start at {@link
 * dev.rolecall.access.proxy.TrustedProxies}. The package knows no format of a token.
 */
@NullMarked
package dev.rolecall.access.proxy;

import org.jspecify.annotations.NullMarked;
