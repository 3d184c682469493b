/**
 * What both fronts know of calls: {@link dev.rolecall.proxy.internal.PlainPath}. Depends on
 * nothing.
 */
@NullMarked
package dev.rolecall.proxy.internal;

import org.jspecify.annotations.NullMarked;
