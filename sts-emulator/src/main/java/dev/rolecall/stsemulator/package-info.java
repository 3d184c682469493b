/**
 * An AWS STS that runs in this process, on the loopback interface, for tests, trials and
 * demonstrations: {@link dev.rolecall.stsemulator.StsEmulator}. Faults below HTTP are in {@code
 * dev.rolecall.stsemulator.network}.
 *
 * <p><b>It is not STS, and its answers prove nothing.</b> It verifies every signature as AWS does,
 * but its keys are random for each run and known to the process that started it. Nothing is stored.
 * Each known difference from STS is noted in the code, in a comment that starts with "Unlike STS".
 *
 * <p>It shares no code with the code it tests: the module depends on the JDK alone, neither on
 * another Rolecall module nor on the AWS SDK.
 */
@NullMarked
package dev.rolecall.stsemulator;

import org.jspecify.annotations.NullMarked;
