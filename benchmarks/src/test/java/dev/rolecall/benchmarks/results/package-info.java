/** Tests of what is published of a run. */
@NullMarked
package dev.rolecall.benchmarks.results;

import org.jspecify.annotations.NullMarked;
