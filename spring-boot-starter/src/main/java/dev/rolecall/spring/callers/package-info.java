/**
 * The callers that a server accepts beside those with proofs, by properties. Begin with {@link
 * dev.rolecall.spring.callers.RolecallCallerProperties}. The classes of one kind of caller are
 * loaded only if a property names that kind, since its artifact is optional.
 */
@NullMarked
package dev.rolecall.spring.callers;

import org.jspecify.annotations.NullMarked;
