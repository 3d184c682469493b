/**
 * Attacks that no gRPC client lets its user send: HTTP/2 frames written by hand, over TLS, to the
 * real server; and floods of forged proofs. {@link dev.rolecall.tests.attacks.HostileConnection} is
 * the hostile end. The attacks of one proof are in the modules' own tests.
 */
@NullMarked
package dev.rolecall.tests.attacks;

import org.jspecify.annotations.NullMarked;
