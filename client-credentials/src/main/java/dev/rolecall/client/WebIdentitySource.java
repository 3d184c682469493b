package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.internal.WebIdentityClient;
import dev.rolecall.client.internal.WebIdentityWords;
import dev.rolecall.renewal.BoundedLoad;
import dev.rolecall.renewal.CredentialSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * The way to a new web identity token, in order: endpoint, credentials, life, STS. Blocks for the
 * credentials, and for those no longer than its patience; waits as long for STS without blocking.
 */
final class WebIdentitySource implements CredentialSource<WebIdentityToken>, AutoCloseable {

  /** The least that STS gives. */
  static final Duration SHORTEST = Duration.ofSeconds(60);

  /** The most that STS gives. */
  static final Duration LONGEST = Duration.ofHours(1);

  /** Between a token's end and its session's: for clocks that differ. */
  private static final Duration SESSION_MARGIN = Duration.ofSeconds(10);

  /** Of gRPC's 8 KiB for all headers of a call, as a server has it by default. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._-]{1,8192}");

  private final CredentialsLoading loading;
  private final String audience;
  private final Duration wished;
  private final Clock clock;
  private final Duration patience;
  private final BoundedLoad<WebIdentityToken> asking;
  private @Nullable WebIdentityClient client;

  /**
   * A source.
   *
   * @param audience the one audience of the tokens
   * @param wished the life of a token where the session lasts as long
   */
  WebIdentitySource(
      CredentialsLoading loading,
      String audience,
      Duration wished,
      Clock clock,
      Duration patience) {
    this.loading = requireNonNull(loading, "loading");
    this.audience = requireNonNull(audience, "audience");
    this.wished = requireNonNull(wished, "wished");
    this.clock = requireNonNull(clock, "clock");
    this.patience = requireNonNull(patience, "patience");
    this.asking = new BoundedLoad<>(patience);
  }

  String audience() {
    return audience;
  }

  @Override
  public String name() {
    return "web identity token";
  }

  @Override
  public CompletionStage<WebIdentityToken> make() {
    StsTarget target = loading.target();
    AwsCredentialsIdentity signer = loading.identity(target);
    if (endsTooSoon(signer)) {
      loading.forget();
      signer = loading.identity(target);
    }
    return asked(target, signer);
  }

  /** A session past its end is left to STS: EC2's metadata service hands such out in an outage. */
  private boolean endsTooSoon(AwsCredentialsIdentity signer) {
    return left(signer)
        .filter(left -> !left.isNegative() && left.compareTo(SHORTEST) < 0)
        .isPresent();
  }

  private Optional<Duration> left(AwsCredentialsIdentity signer) {
    return signer.expirationTime().map(end -> Duration.between(clock.instant(), end));
  }

  /** Holds no thread of a call: STS is asked on a separate one. */
  private CompletionStage<WebIdentityToken> asked(StsTarget target, AwsCredentialsIdentity signer) {
    WebIdentityClient sts = client(target);
    // A token that comes after the patience is the next caller's, with the times of its request.
    return asking
        .begin(() -> CompletableFuture.completedFuture(issued(sts, signer)))
        .exceptionally(
            thrown -> {
              Throwable cause =
                  thrown instanceof CompletionException && thrown.getCause() != null
                      ? thrown.getCause()
                      : thrown;
              if (cause instanceof Error defect) {
                throw defect;
              }
              throw notIssued(cause, signer);
            });
  }

  private ProofUnavailableException notIssued(Throwable thrown, AwsCredentialsIdentity signer) {
    if (loading.isClosed()) {
      return ProofFailure.closed();
    }
    if (thrown instanceof ProofUnavailableException known) {
      return known;
    }
    if (thrown instanceof AwsServiceException refusal && WebIdentityWords.isOfSession(refusal)) {
      loading.forget();
    }
    return ProofFailure.notIssued(thrown, audience, signer.accountId());
  }

  private WebIdentityToken issued(WebIdentityClient sts, AwsCredentialsIdentity signer) {
    Duration life = life(left(signer));
    Instant now = clock.instant();
    String text = sts.token(signer, audience, life, patience);
    if (!TOKEN.matcher(text).matches()) {
      throw ProofFailure.noToken();
    }
    return new WebIdentityToken(text, now, now.plus(life));
  }

  private Duration life(Optional<Duration> left) {
    Duration most = left.map(session -> session.minus(SESSION_MARGIN)).orElse(wished);
    Duration life = most.compareTo(wished) < 0 ? most : wished;
    return Duration.ofSeconds(Math.max(SHORTEST.toSeconds(), life.toSeconds()));
  }

  private synchronized WebIdentityClient client(StsTarget target) {
    if (loading.isClosed()) {
      throw ProofFailure.closed();
    }
    if (client == null) {
      client = new WebIdentityClient(target.endpoint(), target.region());
    }
    return client;
  }

  @Override
  public RuntimeException executorRefused() {
    return ProofFailure.rejected();
  }

  @Override
  public RuntimeException defect(Throwable thrown) {
    return ProofFailure.defect("the web identity token could not be had", thrown);
  }

  boolean isClosed() {
    return loading.isClosed();
  }

  @Override
  public void close() {
    loading.close();
    synchronized (this) {
      if (client != null) {
        client.close();
      }
    }
  }
}
