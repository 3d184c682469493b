package dev.rolecall.tests.observability;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/** A provider of credentials that fails from when it is told to. */
final class LeavingProvider implements IdentityProvider<AwsCredentialsIdentity> {

  private final IdentityProvider<? extends AwsCredentialsIdentity> provider;
  private volatile Optional<RuntimeException> failure = Optional.empty();

  LeavingProvider(IdentityProvider<? extends AwsCredentialsIdentity> provider) {
    this.provider = provider;
  }

  void leave(RuntimeException thrown) {
    failure = Optional.of(thrown);
  }

  @Override
  public Class<AwsCredentialsIdentity> identityType() {
    return AwsCredentialsIdentity.class;
  }

  @Override
  public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
    return failure
        .<CompletableFuture<AwsCredentialsIdentity>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> provider.resolveIdentity(request).thenApply(identity -> identity));
  }
}
