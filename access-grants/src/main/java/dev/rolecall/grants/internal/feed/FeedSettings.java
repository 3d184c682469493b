package dev.rolecall.grants.internal.feed;

import static java.util.Objects.requireNonNull;

import io.grpc.CallCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The settings of a follower.
 *
 * @param name the name of this server, for people
 * @param credentials the proof of this server
 * @param silence how long the feed may be silent before it is sought again
 * @param mostGrants the most grants that are kept
 * @param file keeps what is known for a start while the service is away; empty for none
 * @param writer writes the file, and may be blocked; empty for a thread made here
 */
public record FeedSettings(
    String name,
    Optional<CallCredentials> credentials,
    Duration silence,
    int mostGrants,
    Optional<Path> file,
    Optional<Executor> writer) {

  /** Checks that nothing is absent. */
  public FeedSettings {
    requireNonNull(name, "name");
    requireNonNull(credentials, "credentials");
    requireNonNull(silence, "silence");
    requireNonNull(file, "file");
    requireNonNull(writer, "writer");
  }
}
