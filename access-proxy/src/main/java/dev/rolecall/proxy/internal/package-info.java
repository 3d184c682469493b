/** The rule of paths that both fronts share: {@link dev.rolecall.proxy.internal.PlainPath}. */
@NullMarked
package dev.rolecall.proxy.internal;

import org.jspecify.annotations.NullMarked;
