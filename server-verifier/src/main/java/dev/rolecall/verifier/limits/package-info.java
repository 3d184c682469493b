/**
 * Limits on look-ups: how many may be under way, of which peers, keys and endpoints, and how many
 * STS may refuse. {@link dev.rolecall.verifier.limits.LookUpLimits} is the entry. The package knows
 * neither proofs nor gRPC.
 */
@NullMarked
package dev.rolecall.verifier.limits;

import org.jspecify.annotations.NullMarked;
