/**
 * Ways for callers to prove themselves beside proofs, each with its options: {@link
 * dev.rolecall.cli.schemes.SchemeOptions} is the entry. A scheme is one class here. Depends on no
 * command.
 */
@NullMarked
package dev.rolecall.cli.schemes;

import org.jspecify.annotations.NullMarked;
