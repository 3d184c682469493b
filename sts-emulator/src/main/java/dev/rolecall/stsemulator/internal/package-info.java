/** Threads, argument checks and JSON strings that the emulator's packages share. */
@NullMarked
package dev.rolecall.stsemulator.internal;

import org.jspecify.annotations.NullMarked;
