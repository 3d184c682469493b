/**
 * Faults below HTTP: a {@link dev.rolecall.stsemulator.network.FaultyConnection} relays TCP to an
 * emulator and fails as a {@link dev.rolecall.stsemulator.network.NetworkFault} says.
 */
@NullMarked
package dev.rolecall.stsemulator.network;

import org.jspecify.annotations.NullMarked;
