/** Tests of how a Check is read. */
@NullMarked
package dev.rolecall.proxy.internal.check;

import org.jspecify.annotations.NullMarked;
