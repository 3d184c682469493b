/**
 * The two times that credentials are held against: {@link
 * dev.rolecall.access.internal.time.AccessTime}. The package knows callers and a clock alone.
 */
@NullMarked
package dev.rolecall.access.internal.time;

import org.jspecify.annotations.NullMarked;
