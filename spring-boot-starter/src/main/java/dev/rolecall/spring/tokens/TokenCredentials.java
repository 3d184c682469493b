package dev.rolecall.spring.tokens;

import static java.util.Objects.requireNonNull;

import io.grpc.CallCredentials;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The credentials of the channels that {@code rolecall.client.token-channels} names. Spring gRPC's
 * channels have them already; inject this for a channel or a stub that is made by other means.
 *
 * <p>Thread-safe. Closed with the application.
 */
public final class TokenCredentials implements AutoCloseable {

  private final Map<String, ChannelCredentials> channels;

  /** The credentials of channels by their names. */
  public TokenCredentials(Map<String, ChannelCredentials> channels) {
    this.channels = Map.copyOf(channels);
  }

  /**
   * The credentials of that channel; empty where the properties do not name it.
   *
   * @param channel the name Spring gRPC has for it
   */
  public Optional<CallCredentials> ofChannel(String channel) {
    return find(channel).map(ChannelCredentials::credentials);
  }

  /** The same, with what goes with them. */
  public Optional<ChannelCredentials> find(String channel) {
    return Optional.ofNullable(channels.get(requireNonNull(channel, "channel")));
  }

  /** Closes the credentials; calls that use them fail from now on. */
  @Override
  public void close() {
    channels.values().forEach(each -> each.end().run());
  }

  /** Names the channels and nothing else. */
  @Override
  public String toString() {
    return channels.keySet().stream()
        .sorted()
        .collect(Collectors.joining(", ", "TokenCredentials[", "]"));
  }
}
