/** A measurement of newcomers and known callers beside strangers who have STS asked. */
@NullMarked
package dev.rolecall.benchmarks.lockout;

import org.jspecify.annotations.NullMarked;
