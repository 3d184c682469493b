/** Tests of how frames become figures. */
@NullMarked
package dev.rolecall.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
