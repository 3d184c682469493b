package dev.rolecall.client;

import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/** The SDK's default chain, one of our own: the shared one may be closed by anybody. */
final class DefaultCredentials implements SigningCredentials {

  private final DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();

  @Override
  public IdentityProvider<? extends AwsCredentialsIdentity> providerFor(StsTarget target) {
    return chain;
  }

  @Override
  public String tried() {
    return "the default chain (system properties, environment, web identity token, profile,"
        + " container, instance metadata)";
  }

  @Override
  public void close() {
    chain.close();
  }
}
