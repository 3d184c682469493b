/** The effect of a flood of forged proofs on honest callers and on STS. */
@NullMarked
package dev.rolecall.benchmarks.flood;

import org.jspecify.annotations.NullMarked;
