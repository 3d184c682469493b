/**
 * The report on missing AWS credentials: {@link dev.rolecall.client.credentials.CredentialsAttempt}
 * says why one place of the AWS SDK's default chain gave none.
 *
 * <p>Plain values that hold no secret. Depends on the JDK alone.
 */
@NullMarked
package dev.rolecall.client.credentials;

import org.jspecify.annotations.NullMarked;
