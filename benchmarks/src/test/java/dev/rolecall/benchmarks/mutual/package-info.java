/** Tests of the parts that no run of a benchmark would show to be wrong. */
@NullMarked
package dev.rolecall.benchmarks.mutual;

import org.jspecify.annotations.NullMarked;
