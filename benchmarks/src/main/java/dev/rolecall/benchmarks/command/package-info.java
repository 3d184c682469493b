/** The one command of the benchmarks. */
@NullMarked
package dev.rolecall.benchmarks.command;

import org.jspecify.annotations.NullMarked;
