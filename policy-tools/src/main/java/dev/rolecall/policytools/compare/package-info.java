/**
 * Compares two policies: every caller, method and call that one answers otherwise than the other.
 * Start at {@link dev.rolecall.policytools.compare.PolicyComparison}.
 */
@NullMarked
package dev.rolecall.policytools.compare;

import org.jspecify.annotations.NullMarked;
