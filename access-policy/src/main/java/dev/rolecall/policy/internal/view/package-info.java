/**
 * Views of callers that decisions are remembered by: those of their attributes that some rule of a
 * policy names. Start at {@link dev.rolecall.policy.internal.view.NamedAttributes}. Immutable
 * values, safe for use by many threads; nothing blocks.
 */
@NullMarked
package dev.rolecall.policy.internal.view;

import org.jspecify.annotations.NullMarked;
