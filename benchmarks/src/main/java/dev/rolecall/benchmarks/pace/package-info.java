/** Calls made at a steady pace, whether or not the server keeps up, and how long each took. */
@NullMarked
package dev.rolecall.benchmarks.pace;

import org.jspecify.annotations.NullMarked;
