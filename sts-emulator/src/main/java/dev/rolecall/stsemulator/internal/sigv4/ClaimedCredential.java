package dev.rolecall.stsemulator.internal.sigv4;

import static java.util.Objects.requireNonNull;

/**
 * The credential that a request names. Nothing in it has been verified.
 *
 * @param accessKeyId the access key id
 * @param scope the scope of the signing key
 */
record ClaimedCredential(String accessKeyId, CredentialScope scope) {

  /** Checks that nothing is absent. */
  ClaimedCredential {
    requireNonNull(accessKeyId, "accessKeyId");
    requireNonNull(scope, "scope");
  }

  @Override
  public String toString() {
    return accessKeyId + "/" + scope;
  }
}
