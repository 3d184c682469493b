package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * One place of the default chain, which remembers why it gave nothing: the SDK's chain keeps the
 * causes to itself.
 */
final class WatchedPlace implements AwsCredentialsProvider, AutoCloseable {

  private final CredentialsPlace place;
  private final AwsCredentialsProvider provider;
  private final Runnable closing;
  private volatile @Nullable Throwable last;
  private volatile boolean isAsked;

  /**
   * Watches that provider.
   *
   * @param closing closes the provider, where there is something to close
   */
  WatchedPlace(CredentialsPlace place, AwsCredentialsProvider provider, Runnable closing) {
    this.place = requireNonNull(place, "place");
    this.provider = requireNonNull(provider, "provider");
    this.closing = requireNonNull(closing, "closing");
  }

  @Override
  public AwsCredentials resolveCredentials() {
    isAsked = true;
    try {
      AwsCredentials found = provider.resolveCredentials();
      last = null;
      return found;
    } catch (RuntimeException e) {
      last = e;
      throw e;
    } finally {
      isAsked = false;
    }
  }

  CredentialsPlace place() {
    return place;
  }

  /**
   * Why it gave nothing, the last time, or that it gives nothing yet; empty if it gave something or
   * was not asked.
   *
   * @param patience how long whoever asks has waited
   */
  Optional<CredentialsAttempt> attempt(Duration patience) {
    if (isAsked) {
      return Optional.of(PlaceDiagnosis.of(place, new StillAsked(patience)));
    }
    return Optional.ofNullable(last).map(thrown -> PlaceDiagnosis.of(place, thrown));
  }

  @Override
  public void close() {
    closing.run();
  }

  @Override
  public String toString() {
    return "WatchedPlace[" + place.name() + "]";
  }
}
