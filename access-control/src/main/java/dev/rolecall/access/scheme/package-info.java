/**
 * The seam between the engine and the schemes: {@link dev.rolecall.access.scheme.CallerVerifier}
 * reads a {@link dev.rolecall.access.scheme.Credential}, and a {@link
 * dev.rolecall.access.scheme.Question} says how to ask about it. Depends on the words and the
 * runtime alone.
 */
@NullMarked
package dev.rolecall.access.scheme;

import org.jspecify.annotations.NullMarked;
