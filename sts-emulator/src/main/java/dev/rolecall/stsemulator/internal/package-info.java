/** Threads and argument checks that the emulator's packages share. */
@NullMarked
package dev.rolecall.stsemulator.internal;

import org.jspecify.annotations.NullMarked;
