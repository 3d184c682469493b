/**
 * Checks of Envoy as they come over the wire: {@link dev.rolecall.proxy.internal.check.CheckReader}
 * is the entry. Judges nothing.
 */
@NullMarked
package dev.rolecall.proxy.internal.check;

import org.jspecify.annotations.NullMarked;
