/**
 * The parts of suites that compare processes by their CPU: calls in slices, in an order that
 * changes, and the arithmetic of rounds. Knows no suite.
 */
@NullMarked
package dev.rolecall.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
