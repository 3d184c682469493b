package dev.rolecall.client;

import dev.rolecall.client.credentials.CredentialsAttempt;
import java.util.List;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/** A source of AWS credentials, which closes what it opened for them. */
interface SigningCredentials extends AutoCloseable {

  /** The provider for proofs of that endpoint; the same one for the same endpoint. May block. */
  IdentityProvider<? extends AwsCredentialsIdentity> providerFor(StsTarget target);

  /** What is tried to get credentials, in words for a user who has none. No secret. */
  String tried();

  /** Why each place that was asked last gave nothing, in order; none where that is not known. */
  default List<CredentialsAttempt> attempts() {
    return List.of();
  }

  /** Closes what this object made, never what it was given. May be called again. */
  @Override
  void close();
}
