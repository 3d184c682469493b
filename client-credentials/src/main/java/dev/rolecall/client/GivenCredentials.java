package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/** The user's own provider, which the user closes. */
final class GivenCredentials implements SigningCredentials {

  private final IdentityProvider<? extends AwsCredentialsIdentity> provider;

  GivenCredentials(IdentityProvider<? extends AwsCredentialsIdentity> provider) {
    this.provider = requireNonNull(provider, "provider");
  }

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
}
