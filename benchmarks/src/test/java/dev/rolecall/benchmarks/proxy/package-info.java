/** Tests of what the suite {@code proxy} computes. */
@NullMarked
package dev.rolecall.benchmarks.proxy;

import org.jspecify.annotations.NullMarked;
