/** Tests of the arithmetic of comparisons. */
@NullMarked
package dev.rolecall.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
