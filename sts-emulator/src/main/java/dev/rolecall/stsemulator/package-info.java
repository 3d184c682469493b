/**
 * An AWS STS that runs in this process, on the loopback interface, for tests, trials and
 * demonstrations: {@link dev.rolecall.stsemulator.StsEmulator}. What goes wrong below HTTP, a
 * {@link dev.rolecall.stsemulator.BadLine} to it does.
 *
 * <p><b>It is not STS, and nothing it says proves anything.</b> It verifies every signature as AWS
 * does, but the keys are its own: random for each run, known to whoever started it. Nothing is
 * stored. Where it is known to differ from STS, the code says so at that place, in a comment that
 * starts with "Unlike STS".
 *
 * <p>It shares no code with what it judges: the package depends on the JDK alone, neither on
 * another Rolecall module nor on the AWS SDK.
 */
@NullMarked
package dev.rolecall.stsemulator;

import org.jspecify.annotations.NullMarked;
