package dev.rolecall.grants.internal.feed;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One alarm at a time, at the earliest moment that was asked for. Safe for use by many threads. The
 * action runs where look-ups begin, since the timer only hands over.
 */
final class Alarm implements AutoCloseable {

  private static final String TASK = SupervisedTask.GRANT_FEED.label();

  private final AccessRuntime runtime;
  private final Runnable action;
  private @Nullable Future<?> set;
  private long at;
  private boolean closed;

  Alarm(AccessRuntime runtime, Runnable action) {
    this.runtime = runtime;
    this.action = action;
  }

  /** Has the action run at that moment by the ticker, unless it runs earlier anyway. */
  synchronized void at(long ticks) {
    if (closed || (set != null && at - ticks <= 0)) {
      return;
    }
    if (set != null) {
      set.cancel(false);
    }
    at = ticks;
    long delay = Math.max(0, ticks - runtime.ticker().getAsLong());
    set =
        runtime.supervisor().after(Duration.ofNanos(delay), runtime.timer(), TASK, this::handOver);
  }

  private void handOver() {
    synchronized (this) {
      set = null;
    }
    runtime.supervisor().execute(runtime.lookUps(), TASK, action);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (set != null) {
      set.cancel(false);
      set = null;
    }
  }
}
