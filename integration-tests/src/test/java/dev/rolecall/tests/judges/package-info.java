/**
 * Outsiders judge: AWS's own SDK as a client of the emulator, its own signer as a maker of
 * requests, and both sides of Rolecall against each other with no gRPC between them. Nothing here
 * shares code with what it judges.
 */
@NullMarked
package dev.rolecall.tests.judges;

import org.jspecify.annotations.NullMarked;
