/**
 * AWS Signature Version 4 from the verifier's side: reads the claim of a request ({@link
 * dev.rolecall.stsemulator.internal.sigv4.ClaimReading}) and computes the signature that it must
 * have ({@link dev.rolecall.stsemulator.internal.sigv4.ExpectedSignature}).
 *
 * <p>Written from the specification, for any service but S3, whose rules differ. Knows nothing of
 * STS, keeps no state, never blocks, and depends on the JDK alone.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 *     a signed AWS API request</a>
 */
@NullMarked
package dev.rolecall.stsemulator.internal.sigv4;

import org.jspecify.annotations.NullMarked;
