/** The reading of lines, which several packages share; not for users of the library. */
@NullMarked
package dev.rolecall.policytools.internal;

import org.jspecify.annotations.NullMarked;
