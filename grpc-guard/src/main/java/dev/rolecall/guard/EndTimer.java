package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.grant.Ticks;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Supervisor;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The timer of walks at the ends of rights: one for all live calls, set for the end that comes
 * first. An end that comes soon after a walk waits for a rest, four times as long as the walk took:
 * 20 to 60 milliseconds. So many ends close together cost a few walks.
 *
 * <p>Safe for use by many threads. Throws nothing.
 */
final class EndTimer {

  static final Duration SHORTEST_REST = Duration.ofMillis(20);
  static final Duration LONGEST_REST = Duration.ofMillis(60);

  private static final int RESTS_PER_WALK = 4;
  private static final String TASK = SupervisedTask.CALL_WATCH.label();

  private final Supervisor supervisor;
  private final ScheduledExecutorService scheduler;
  private final LongSupplier ticker;
  private final Runnable walk;

  /** The end that the timer is set for; {@link Holding#NEVER} while it is set for none. */
  private volatile long due = Holding.NEVER;

  private @Nullable ScheduledFuture<?> timer;
  private long restsUntil;
  private boolean closed;

  /** A timer that runs that walk, on the runtime's scheduler of walks. */
  EndTimer(AccessRuntime runtime, Runnable walk) {
    this.supervisor = runtime.supervisor();
    this.scheduler = runtime.walks();
    this.ticker = runtime.ticker();
    this.walk = requireNonNull(walk, "walk");
    this.restsUntil = ticker.getAsLong();
  }

  /**
   * Sees to a walk at that end, by the runtime's ticker. One comparison where one is due before.
   */
  void expect(long end) {
    if (Ticks.isBefore(end, due)) {
      supervisor.run(TASK, () -> set(end));
    }
  }

  private synchronized void set(long end) {
    if (closed || !Ticks.isBefore(end, due)) {
      return;
    }
    cancel();
    long now = ticker.getAsLong();
    long wait = Math.max(0, Math.max(end - now, restsUntil - now));
    timer = supervisor.after(Duration.ofNanos(wait), scheduler, TASK, this::fire);
    // After that: a timer that could not be set is set for the next end that is told.
    due = end;
  }

  private void fire() {
    long began = ticker.getAsLong();
    synchronized (this) {
      due = Holding.NEVER;
      timer = null;
      restsUntil = began + SHORTEST_REST.toNanos();
    }
    walk.run();
    long took = ticker.getAsLong() - began;
    long rest =
        Math.max(SHORTEST_REST.toNanos(), Math.min(LONGEST_REST.toNanos(), RESTS_PER_WALK * took));
    synchronized (this) {
      restsUntil = began + took + rest;
    }
  }

  private void cancel() {
    ScheduledFuture<?> set = timer;
    timer = null;
    due = Holding.NEVER;
    if (set != null) {
      set.cancel(false);
    }
  }

  /** Runs no more walks. */
  synchronized void close() {
    closed = true;
    supervisor.run(TASK, this::cancel);
  }
}
