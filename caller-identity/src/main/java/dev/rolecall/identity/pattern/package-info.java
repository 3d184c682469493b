/**
 * The patterns by which a rule names callers. {@link
 * dev.rolecall.identity.pattern.PrincipalPattern#parse} reads each spelling. Immutable values, safe
 * for use by many threads; nothing blocks. Depends on the JDK and the principals alone.
 */
@NullMarked
package dev.rolecall.identity.pattern;

import org.jspecify.annotations.NullMarked;
