/** What honest callers notice of a flood of forged proofs, and what STS does. */
@NullMarked
package dev.rolecall.benchmarks.flood;

import org.jspecify.annotations.NullMarked;
