/**
 * The parts that the suites share: an echo service, a certificate, the two ends set up with
 * Rolecall, and processes of their own to run them in. Knows no suite.
 */
@NullMarked
package dev.rolecall.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
