/** Tests of token exchange: real proofs in, tokens out that servers and other makers' verify. */
@NullMarked
package dev.rolecall.tests.exchange;

import org.jspecify.annotations.NullMarked;
