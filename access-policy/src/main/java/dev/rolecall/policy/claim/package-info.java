/**
 * The conditions of rules on the caller: claims, scopes and tags. {@link
 * dev.rolecall.policy.claim.CallerConditions} are those of one rule. Immutable values, safe for use
 * by many threads; nothing blocks. Depends on the JDK and the callers' attributes alone.
 */
@NullMarked
package dev.rolecall.policy.claim;

import org.jspecify.annotations.NullMarked;
