package dev.rolecall.grants.internal.feed;

import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of an access service, each with a channel that is made when it is first needed. Not
 * safe for use by several threads at once; nothing of it blocks.
 */
public final class FeedNodes implements AutoCloseable {

  private final List<Supplier<ManagedChannel>> makers;
  private final List<@Nullable ManagedChannel> channels = new ArrayList<>();
  private int next;

  /**
   * Nodes without channels yet.
   *
   * @param makers make the channels: at least one; the channels are closed here
   * @throws IllegalArgumentException if there is none
   */
  public FeedNodes(List<Supplier<ManagedChannel>> makers) {
    this.makers = List.copyOf(makers);
    if (makers.isEmpty()) {
      throw new IllegalArgumentException("nodes: none (expected: at least one)");
    }
    makers.forEach(unused -> channels.add(null));
  }

  /** The channel of the next node, in turn. One that waits to connect again tries now. */
  ManagedChannel next() {
    int node = next;
    next = (next + 1) % makers.size();
    ManagedChannel channel = channels.get(node);
    if (channel == null) {
      channel = makers.get(node).get();
      channels.set(node, channel);
    }
    channel.resetConnectBackoff();
    return channel;
  }

  /** The next call of {@link #next} gives the same node again. */
  void stay() {
    next = (next + makers.size() - 1) % makers.size();
  }

  /** Ends the channels. Does not wait. */
  @Override
  public void close() {
    for (ManagedChannel channel : channels) {
      if (channel != null) {
        channel.shutdownNow();
      }
    }
  }
}
