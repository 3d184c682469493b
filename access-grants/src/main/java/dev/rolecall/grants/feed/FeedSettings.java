package dev.rolecall.grants.feed;

import static java.util.Objects.requireNonNull;

import io.grpc.CallCredentials;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a follower.
 *
 * @param name the name of this server, for people
 * @param credentials the proof of this server
 * @param silence how long the feed may be silent before it is sought again
 * @param mostGrants the most grants that are kept
 */
public record FeedSettings(
    String name, Optional<CallCredentials> credentials, Duration silence, int mostGrants) {

  /** Checks that nothing is absent. */
  public FeedSettings {
    requireNonNull(name, "name");
    requireNonNull(credentials, "credentials");
    requireNonNull(silence, "silence");
  }
}
