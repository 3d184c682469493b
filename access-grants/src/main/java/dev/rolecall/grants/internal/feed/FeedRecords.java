package dev.rolecall.grants.internal.feed;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.internal.known.KnownState;
import java.util.function.BooleanSupplier;

/** The log and the metrics of a feed. */
final class FeedRecords implements AutoCloseable {

  private final KnownState state;
  private final FeedMetrics metrics;
  private final FeedLog log = new FeedLog();
  private boolean fresh;

  FeedRecords(AccessRuntime runtime, KnownState state, BooleanSupplier following) {
    this.state = state;
    this.metrics = new FeedMetrics(runtime, state, following);
  }

  FeedMetrics metrics() {
    return metrics;
  }

  FeedLog log() {
    return log;
  }

  /** Tells if what is known has become stale, or fresh, since it last did. */
  synchronized void turned() {
    boolean now = state.isFresh(state.ticks());
    if (now != fresh) {
      fresh = now;
      log.turned(now);
    }
  }

  @Override
  public void close() {
    metrics.close();
  }
}
