/**
 * The budget of CPU time for signature checks: {@link
 * dev.rolecall.tokens.internal.budget.SignatureBudget} is the entry.
 *
 * <p>Internal: not exported. Knows neither tokens nor keys.
 */
@NullMarked
package dev.rolecall.tokens.internal.budget;

import org.jspecify.annotations.NullMarked;
