/**
 * The cost of each part of a check by itself, measured with JMH: nanoseconds, and bytes allocated.
 *
 * <p>{@link dev.rolecall.benchmarks.hooks.HooksSuite} runs them. Besides Rolecall's own parts it
 * measures what a user would write by hand, and gRPC alone.
 */
@NullMarked
package dev.rolecall.benchmarks.hooks;

import org.jspecify.annotations.NullMarked;
