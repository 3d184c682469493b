/** Tests of what the command leaves behind. */
@NullMarked
package dev.rolecall.benchmarks.command;

import org.jspecify.annotations.NullMarked;
