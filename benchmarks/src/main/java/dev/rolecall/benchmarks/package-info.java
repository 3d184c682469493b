/** The cost of a check: one command, and the figures it ends with. */
@NullMarked
package dev.rolecall.benchmarks;

import org.jspecify.annotations.NullMarked;
