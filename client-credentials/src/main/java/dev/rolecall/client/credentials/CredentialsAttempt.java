package dev.rolecall.client.credentials;

import static java.util.Objects.requireNonNull;

/**
 * A failed attempt to get AWS credentials from one place of the default chain.
 *
 * @param place the place
 * @param failure the class of what went wrong
 * @param words what went wrong, on one line; names of settings, files and profiles, error codes and
 *     statuses, and never a secret or what AWS, an endpoint or a process said
 * @param isPassing whether it may succeed as things are, later
 */
public record CredentialsAttempt(
    CredentialsPlace place, CredentialsFailure failure, String words, boolean isPassing) {

  /** Refuses absent parts. */
  public CredentialsAttempt {
    requireNonNull(place, "place");
    requireNonNull(failure, "failure");
    requireNonNull(words, "words");
  }

  /** Whether a setting says that credentials should be there. */
  public boolean isSetUp() {
    return failure != CredentialsFailure.NOT_SET_UP && failure != CredentialsFailure.DISABLED;
  }

  /** The place and what went wrong, on one line. */
  @Override
  public String toString() {
    return place + ": " + words;
  }
}
