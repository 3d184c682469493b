package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.credentials.CredentialsAttempt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** A role assumed with other credentials, at the endpoint its proofs name. */
final class AssumedRoleCredentials implements SigningCredentials {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

  private final AssumedRole role;
  private final SigningCredentials base;
  private @Nullable Assumption assumption;
  private boolean closed;

  AssumedRoleCredentials(AssumedRole role, SigningCredentials base) {
    this.role = requireNonNull(role, "role");
    this.base = requireNonNull(base, "base");
  }

  @Override
  public synchronized IdentityProvider<? extends AwsCredentialsIdentity> providerFor(
      StsTarget target) {
    if (closed) {
      throw ProofFailure.closed();
    }
    if (assumption == null) {
      assumption = Assumption.of(role, base, target);
    }
    return assumption.provider();
  }

  @Override
  public String tried() {
    return "to assume " + role.arn() + " with " + base.tried();
  }

  @Override
  public List<CredentialsAttempt> attempts() {
    return base.attempts();
  }

  @Override
  public void close() {
    Assumption made;
    synchronized (this) {
      closed = true;
      made = assumption;
      assumption = null;
    }
    if (made != null) {
      made.close();
    }
    base.close();
  }

  private record Assumption(
      SdkHttpClient http, StsClient sts, StsAssumeRoleCredentialsProvider provider)
      implements AutoCloseable {

    static Assumption of(AssumedRole role, SigningCredentials base, StsTarget target) {
      // Named, not found: the SDK refuses to choose where the class path holds several.
      SdkHttpClient http =
          UrlConnectionHttpClient.builder()
              .connectionTimeout(CONNECT_TIMEOUT)
              .socketTimeout(READ_TIMEOUT)
              .build();
      StsClient sts =
          StsClient.builder()
              .httpClient(http)
              .credentialsProvider(new Lent<>(base.providerFor(target)))
              .region(target.region())
              .endpointOverride(target.endpoint())
              // The target is of the kind that is wanted; beside an endpoint the SDK refuses both.
              .fipsEnabled(false)
              .dualstackEnabled(false)
              .build();
      return new Assumption(
          http,
          sts,
          StsAssumeRoleCredentialsProvider.builder()
              .stsClient(sts)
              .refreshRequest(
                  request -> request.roleArn(role.arn()).roleSessionName(role.sessionName()))
              .build());
    }

    @Override
    public void close() {
      provider.close();
      sts.close();
      http.close();
    }
  }

  /**
   * Another's provider without its {@code close}: an SDK client closes the provider it is given.
   */
  private record Lent<T extends AwsCredentialsIdentity>(IdentityProvider<T> owner)
      implements IdentityProvider<T> {

    @Override
    public Class<T> identityType() {
      return owner.identityType();
    }

    @Override
    public CompletableFuture<? extends T> resolveIdentity(ResolveIdentityRequest request) {
      return owner.resolveIdentity(request);
    }
  }
}
