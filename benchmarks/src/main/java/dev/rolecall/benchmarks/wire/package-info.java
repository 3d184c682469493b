/**
 * The bytes that a proof adds on the wire. Entry: {@link dev.rolecall.benchmarks.wire.WireSuite}.
 */
@NullMarked
package dev.rolecall.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
