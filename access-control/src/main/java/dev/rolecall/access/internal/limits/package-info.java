/**
 * Limits on look-ups: how many may be under way, of which peers, keys and issuers, and how many an
 * issuer may refuse. {@link dev.rolecall.access.internal.limits.LookupGate} is the entry. The
 * package knows neither credentials nor gRPC.
 */
@NullMarked
package dev.rolecall.access.internal.limits;

import org.jspecify.annotations.NullMarked;
