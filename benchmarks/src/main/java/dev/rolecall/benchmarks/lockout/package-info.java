/** Whether strangers keep out newcomers and known callers, by what they have STS asked. */
@NullMarked
package dev.rolecall.benchmarks.lockout;

import org.jspecify.annotations.NullMarked;
