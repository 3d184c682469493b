package dev.rolecall.client.internal;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * An STS client of the AWS SDK, and the HTTP client below it.
 *
 * @param http the HTTP client
 * @param sts the STS client
 */
public record StsConnection(SdkHttpClient http, StsClient sts) implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

  /**
   * A client of that endpoint.
   *
   * @param region the Region that requests are signed for
   * @param credentials sign its requests; they stay the caller's, who closes them
   */
  public static StsConnection to(
      URI endpoint, Region region, IdentityProvider<? extends AwsCredentialsIdentity> credentials) {
    // Named, not found: the SDK refuses to choose where the class path holds several.
    SdkHttpClient http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(READ_TIMEOUT)
            .build();
    StsClient sts =
        StsClient.builder()
            .httpClient(http)
            .credentialsProvider(new Lent<>(credentials))
            .region(region)
            .endpointOverride(endpoint)
            // The endpoint is of the kind that is wanted; beside it the SDK refuses both.
            .fipsEnabled(false)
            .dualstackEnabled(false)
            .build();
    return new StsConnection(http, sts);
  }

  @Override
  public void close() {
    sts.close();
    http.close();
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
