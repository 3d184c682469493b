package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.credentials.CredentialsAttempt;
import dev.rolecall.client.credentials.CredentialsPlace;
import dev.rolecall.client.internal.WatchedPlace;
import dev.rolecall.renewal.BoundedLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * A search of the default chain, place by place. It tells a tool or a health page what calls are
 * signed with. Calls do not need it.
 *
 * @param found the credentials, a secret, and where they are; empty if there are none
 * @param attempts the places before those, or all of them, and why they gave nothing
 */
public record CredentialsSearch(Optional<Found> found, List<CredentialsAttempt> attempts) {

  /**
   * Credentials and their place.
   *
   * @param credentials the credentials
   * @param place where they are
   */
  public record Found(AwsCredentialsIdentity credentials, CredentialsPlace place) {

    /** Refuses absent parts. */
    public Found {
      requireNonNull(credentials, "credentials");
      requireNonNull(place, "place");
    }

    /** The place alone. */
    @Override
    public String toString() {
      return "Found[" + place.name() + "]";
    }
  }

  /** Copies the attempts. */
  public CredentialsSearch {
    requireNonNull(found, "found");
    attempts = List.copyOf(attempts);
  }

  /**
   * Searches, on a daemon thread that goes on where the SDK hangs. Blocks for ten seconds at most;
   * the last attempt is then the place that has not answered.
   */
  public static CredentialsSearch now() {
    return within(BoundedLoad.PATIENCE);
  }

  /** The same with another patience, at most which it blocks. */
  public static CredentialsSearch within(Duration patience) {
    DefaultCredentials chain = new DefaultCredentials(patience);
    try {
      return new BoundedLoad<CredentialsSearch>(patience)
          .get(() -> CompletableFuture.completedFuture(of(chain)));
    } catch (TimeoutException e) {
      return new CredentialsSearch(Optional.empty(), chain.attempts());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CredentialsSearch(Optional.empty(), chain.attempts());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a defect in the search for AWS credentials", e.getCause());
    }
  }

  private static CredentialsSearch of(DefaultCredentials all) {
    List<CredentialsAttempt> attempts = new ArrayList<>();
    try (DefaultCredentials chain = all) {
      for (WatchedPlace each : chain.watched()) {
        try {
          return new CredentialsSearch(
              Optional.of(new Found(each.resolveCredentials(), each.place())), attempts);
        } catch (RuntimeException e) {
          attempts.add(each.attempt(e));
        }
      }
    }
    return new CredentialsSearch(Optional.empty(), attempts);
  }
}
