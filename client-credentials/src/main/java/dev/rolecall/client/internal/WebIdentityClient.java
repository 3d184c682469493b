package dev.rolecall.client.internal;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.regions.Region;

/**
 * Asks STS for web identity tokens: GetWebIdentityToken, signed with RS256. A server verifies ES384
 * at some fifty times the cost.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html">
 *     GetWebIdentityToken</a>
 */
public final class WebIdentityClient implements AutoCloseable {

  private static final String ALGORITHM = "RS256";

  private final URI endpoint;
  private final Region region;
  private @Nullable StsConnection connection;
  private boolean closed;

  /** A client of that endpoint, which connects when it is first asked. */
  public WebIdentityClient(URI endpoint, Region region) {
    this.endpoint = requireNonNull(endpoint, "endpoint");
    this.region = requireNonNull(region, "region");
  }

  /**
   * Asks for a token. Blocks for that time at most, retries included.
   *
   * @param signer signs the request, and is the token's subject
   * @param audience the one audience of the token
   * @param life 1 minute to 1 hour, in whole seconds
   * @return the token; empty if STS sent none
   * @throws software.amazon.awssdk.core.exception.SdkException if STS refuses or does not answer
   */
  public String token(
      AwsCredentialsIdentity signer, String audience, Duration life, Duration timeLimit) {
    String token =
        connection()
            .sts()
            .getWebIdentityToken(
                request ->
                    request
                        .audience(audience)
                        .signingAlgorithm(ALGORITHM)
                        .durationSeconds((int) life.toSeconds())
                        .overrideConfiguration(
                            settings ->
                                settings
                                    .credentialsProvider(new Fixed(signer))
                                    .apiCallTimeout(timeLimit)))
            .webIdentityToken();
    return token == null ? "" : token;
  }

  private synchronized StsConnection connection() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (connection == null) {
      connection = StsConnection.to(endpoint, region, AnonymousCredentialsProvider.create());
    }
    return connection;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (connection != null) {
      connection.close();
    }
  }

  /**
   * Credentials that are loaded already.
   *
   * @param identity the credentials
   */
  private record Fixed(AwsCredentialsIdentity identity)
      implements IdentityProvider<AwsCredentialsIdentity> {

    @Override
    public Class<AwsCredentialsIdentity> identityType() {
      return AwsCredentialsIdentity.class;
    }

    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(
        ResolveIdentityRequest request) {
      return CompletableFuture.completedFuture(identity);
    }

    @Override
    public String toString() {
      return "Fixed[****]";
    }
  }
}
