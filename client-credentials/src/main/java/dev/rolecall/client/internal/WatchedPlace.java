package dev.rolecall.client.internal;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.credentials.CredentialsAttempt;
import dev.rolecall.client.credentials.CredentialsPlace;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * One place of the default chain. It remembers why it gave nothing: the SDK's chain does not report
 * the causes.
 */
public final class WatchedPlace implements AwsCredentialsProvider, AutoCloseable {

  private final CredentialsPlace place;
  private final AwsCredentialsProvider provider;
  private final Runnable closing;
  private final Supplier<String> contradiction;
  private volatile @Nullable Throwable last;
  private volatile boolean isAsked;

  /**
   * Watches that provider.
   *
   * @param closing closes the provider, where there is something to close
   * @param contradiction names the settings that the SDK's clients refuse to have together, and no
   *     value; asked for each failure that they cause
   */
  public WatchedPlace(
      CredentialsPlace place,
      AwsCredentialsProvider provider,
      Runnable closing,
      Supplier<String> contradiction) {
    this.place = requireNonNull(place, "place");
    this.provider = requireNonNull(provider, "provider");
    this.closing = requireNonNull(closing, "closing");
    this.contradiction = requireNonNull(contradiction, "contradiction");
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

  /** The place of the chain. */
  public CredentialsPlace place() {
    return place;
  }

  /**
   * The last attempt, if it gave nothing or goes on; empty if it gave something or was not asked.
   *
   * @param patience how long the caller has waited
   */
  public Optional<CredentialsAttempt> attempt(Duration patience) {
    if (isAsked) {
      return Optional.of(attempt(new StillAsked(patience)));
    }
    return Optional.ofNullable(last).map(this::attempt);
  }

  /** The attempt that ended with that exception. */
  public CredentialsAttempt attempt(Throwable thrown) {
    return PlaceDiagnosis.of(place, thrown, contradiction);
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
