/** Tests of how slices become figures. */
@NullMarked
package dev.rolecall.benchmarks.load;

import org.jspecify.annotations.NullMarked;
