/**
 * STS is ill, in each way that was thought of: callers known already notice nothing, others are
 * told that it could not be found out, and nobody is told no who was not refused by STS itself.
 * {@link dev.rolecall.tests.outages.OutageTally} counts, and prints what it counted.
 */
@NullMarked
package dev.rolecall.tests.outages;

import org.jspecify.annotations.NullMarked;
