/** Tests of how ends of streams become figures. */
@NullMarked
package dev.rolecall.benchmarks.grants;

import org.jspecify.annotations.NullMarked;
