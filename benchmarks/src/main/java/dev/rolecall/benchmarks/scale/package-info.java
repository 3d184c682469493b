/** The growth with callers, servers and rules: questions to STS, memory, and the time to start. */
@NullMarked
package dev.rolecall.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
