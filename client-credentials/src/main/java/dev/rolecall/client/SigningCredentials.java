package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

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

  /**
   * Drops the session that this object had made, so that the next credentials are of a new one. The
   * SDK's own providers decide by themselves when they renew.
   */
  default void forget() {}

  /** The user's own provider, which the user closes. */
  static SigningCredentials given(IdentityProvider<? extends AwsCredentialsIdentity> provider) {
    return new Given(requireNonNull(provider, "provider"));
  }

  /**
   * The user's own provider.
   *
   * @param provider the provider
   */
  record Given(IdentityProvider<? extends AwsCredentialsIdentity> provider)
      implements SigningCredentials {

    @Override
    public IdentityProvider<? extends AwsCredentialsIdentity> providerFor(StsTarget target) {
      return provider;
    }

    @Override
    public String tried() {
      // The class and not toString, which is the provider's own and may show anything.
      return "the given " + provider.getClass().getName();
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
      return "Given[" + provider.getClass().getName() + "]";
    }
  }

  /** Closes what this object made, never what it was given. May be called again. */
  @Override
  void close();
}
