/**
 * The clock, threads, randomness and telemetry that a guard is given once: {@link
 * dev.rolecall.access.runtime.AccessRuntime}.
 */
@NullMarked
package dev.rolecall.access.runtime;

import org.jspecify.annotations.NullMarked;
