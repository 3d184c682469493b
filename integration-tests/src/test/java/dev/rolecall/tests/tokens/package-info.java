/** Callers with tokens, over gRPC and TLS: of issuers that others wrote, and of the emulator. */
@NullMarked
package dev.rolecall.tests.tokens;

import org.jspecify.annotations.NullMarked;
