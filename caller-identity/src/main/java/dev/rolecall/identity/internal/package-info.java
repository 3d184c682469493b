/**
 * Parts that the modules of Rolecall share without being API: the check and the wording of values
 * ({@link dev.rolecall.identity.internal.Alphabet}, {@link
 * dev.rolecall.identity.internal.InvalidValue}), supervised tasks ({@link
 * dev.rolecall.identity.internal.Supervisor}), the threads that they run on, the following of a
 * settings file ({@link dev.rolecall.identity.internal.FollowedValue}), and what is read from
 * outside up to a bound ({@link dev.rolecall.identity.internal.BoundedBody}). Exported to those
 * modules by name. Depends on the JDK alone.
 */
@NullMarked
package dev.rolecall.identity.internal;

import org.jspecify.annotations.NullMarked;
