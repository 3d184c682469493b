/**
 * The words of messages about values. Shared with policy-tools; depends on the JDK alone. Start at
 * {@link dev.rolecall.policy.internal.InvalidValue}.
 */
@NullMarked
package dev.rolecall.policy.internal;

import org.jspecify.annotations.NullMarked;
