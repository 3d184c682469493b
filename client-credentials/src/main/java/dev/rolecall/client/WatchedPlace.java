package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

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
    try {
      AwsCredentials found = provider.resolveCredentials();
      last = null;
      return found;
    } catch (RuntimeException e) {
      last = e;
      throw e;
    }
  }

  CredentialsPlace place() {
    return place;
  }

  /** Why it gave nothing, the last time; empty if it gave something or was not asked. */
  Optional<CredentialsAttempt> attempt() {
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
