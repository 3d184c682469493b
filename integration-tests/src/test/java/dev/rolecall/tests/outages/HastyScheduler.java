package dev.rolecall.tests.outages;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Times a verifier's requests out as it is told to, or many times sooner, lest a test wait. */
final class HastyScheduler extends ScheduledThreadPoolExecutor implements AutoCloseable {

  private static final int HASTE = 300;

  private volatile boolean hasty;

  HastyScheduler() {
    super(1);
    setRemoveOnCancelPolicy(true);
  }

  /** From now on. */
  void hasty(boolean hasty) {
    this.hasty = hasty;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return super.schedule(command, nanos(delay, unit), TimeUnit.NANOSECONDS);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> command, long delay, TimeUnit unit) {
    return super.schedule(command, nanos(delay, unit), TimeUnit.NANOSECONDS);
  }

  private long nanos(long delay, TimeUnit unit) {
    return hasty ? unit.toNanos(delay) / HASTE : unit.toNanos(delay);
  }

  @Override
  public void close() {
    shutdownNow();
  }
}
