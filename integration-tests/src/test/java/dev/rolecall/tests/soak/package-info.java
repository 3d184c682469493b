/**
 * The soak: servers and clients for minutes, a minute of real time being an hour of theirs, while
 * proofs are renewed, the policy changes, STS fails, connections break, calls are cancelled and
 * proofs are forged. {@link dev.rolecall.tests.soak.SoakRun} is where it starts.
 *
 * <p>A {@code Stage} holds servers, clients and STS; a {@code Load} calls; {@code Trouble}
 * troubles; the {@code Situation} knows what may therefore happen to a call, the {@code Ledger}
 * what did.
 */
@NullMarked
package dev.rolecall.tests.soak;

import org.jspecify.annotations.NullMarked;
