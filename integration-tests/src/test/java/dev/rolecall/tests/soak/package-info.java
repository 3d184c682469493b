/**
 * The soak: servers and clients run for minutes while proofs are renewed, the policy changes, STS
 * fails, connections break, calls are cancelled and proofs are forged. A minute of real time is an
 * hour of theirs. {@link dev.rolecall.tests.soak.SoakRun} starts it.
 *
 * <p>{@code SystemUnderSoak} holds servers, clients and STS. {@code CallLoops} make the calls.
 * {@code FaultInjector} injects faults, and {@code FaultWindows} records when. {@code OutcomeModel}
 * judges each call by them, and {@code CallLedger} keeps the results.
 */
@NullMarked
package dev.rolecall.tests.soak;

import org.jspecify.annotations.NullMarked;
