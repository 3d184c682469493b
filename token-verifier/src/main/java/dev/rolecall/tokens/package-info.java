/**
 * Recognises OAuth2 and OIDC callers by their access tokens, and IAM roles by AWS web identity:
 * {@link dev.rolecall.tokens.TokenVerifier} is the entry.
 *
 * <p>Must not depend on gRPC, on policies or on the AWS SDK. Tokens are secrets and reach no log,
 * message or {@code toString}.
 */
@NullMarked
package dev.rolecall.tokens;

import org.jspecify.annotations.NullMarked;
