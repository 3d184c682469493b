package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * A search of the default chain, place by place, for whoever wants to know what calls are signed
 * with: a tool, a health page. Calls do not need it.
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

  /** Searches. Blocks for as long as the SDK's providers do: seconds, where a service is away. */
  public static CredentialsSearch now() {
    List<CredentialsAttempt> attempts = new ArrayList<>();
    try (DefaultCredentials chain = new DefaultCredentials()) {
      for (WatchedPlace each : chain.watched()) {
        try {
          return new CredentialsSearch(
              Optional.of(new Found(each.resolveCredentials(), each.place())), attempts);
        } catch (RuntimeException e) {
          attempts.add(PlaceDiagnosis.of(each.place(), e));
        }
      }
    }
    return new CredentialsSearch(Optional.empty(), attempts);
  }
}
