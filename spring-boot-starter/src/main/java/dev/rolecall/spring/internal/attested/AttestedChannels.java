package dev.rolecall.spring.internal.attested;

import static java.util.Objects.requireNonNull;

import dev.rolecall.tls.AttestedChannel;
import io.grpc.ChannelCredentials;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The channels that use attested TLS. Each is started when its credentials are first asked for, on
 * that thread. Thread-safe. Closed with the application, after its channels.
 */
public final class AttestedChannels implements AutoCloseable {

  private final Map<String, Supplier<AttestedChannel>> starts;
  private final Map<String, AttestedChannel> started = new ConcurrentHashMap<>();

  /** The channels of those names, not started yet. */
  public AttestedChannels(Map<String, Supplier<AttestedChannel>> starts) {
    this.starts = Map.copyOf(starts);
  }

  /** The credentials of that channel; empty where its properties do not name attested TLS. */
  public Optional<ChannelCredentials> ofChannel(String channel) {
    return Optional.ofNullable(starts.get(requireNonNull(channel, "channel")))
        .map(start -> started.computeIfAbsent(channel, unused -> start.get()).credentials());
  }

  /** Whether a channel of that name is built without the credentials it has here. */
  public boolean isLeftOut(String channel) {
    return starts.containsKey(channel) && !started.containsKey(channel);
  }

  /** Closes what was started. */
  @Override
  public void close() {
    started.values().forEach(AttestedChannel::close);
  }
}
