/** STS's names for actions and errors, and the emulator's counts of requests by them. */
@NullMarked
package dev.rolecall.stsemulator.protocol;

import org.jspecify.annotations.NullMarked;
