package dev.rolecall.spring;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.IamCallCredentials;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The credentials of the channels that {@code rolecall.client.channels} names. Spring gRPC's
 * channels have them already; inject this for a channel or a stub that is made by other means.
 *
 * <p>Thread-safe. Closed with the application.
 */
public final class RoleCredentials implements AutoCloseable {

  private final Map<String, IamCallCredentials> channels;

  RoleCredentials(Map<String, IamCallCredentials> channels) {
    this.channels = Map.copyOf(channels);
  }

  /**
   * The credentials of that channel; empty where the properties do not name it.
   *
   * @param channel the name Spring gRPC has for it
   */
  public Optional<IamCallCredentials> ofChannel(String channel) {
    return Optional.ofNullable(channels.get(requireNonNull(channel, "channel")));
  }

  /** Closes the credentials; calls that use them fail from now on. */
  @Override
  public void close() {
    channels.values().forEach(IamCallCredentials::close);
  }

  /** Names the channels and nothing else. */
  @Override
  public String toString() {
    return channels.keySet().stream()
        .sorted()
        .collect(Collectors.joining(", ", "RoleCredentials[", "]"));
  }
}
