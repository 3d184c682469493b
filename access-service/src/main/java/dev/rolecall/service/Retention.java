package dev.rolecall.service;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.Outcome;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Deletes each minute what a store need not keep, one small batch after the other. Several nodes
 * may do that at once. Blocks no thread.
 */
final class Retention implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("rolecall.access.service");
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final AccessStore store;
  private final Duration kept;
  private final AtomicBoolean running = new AtomicBoolean();
  private final Future<?> timer;
  private volatile boolean closed;

  private Retention(AccessStore store, Duration kept, AccessRuntime runtime) {
    this.store = requireNonNull(store, "store");
    this.kept = requireNonNull(kept, "kept");
    runtime.supervising(SupervisedTask.ACCESS_RETENTION);
    this.timer =
        runtime
            .supervisor()
            .pausing(PERIOD, runtime.timer(), SupervisedTask.ACCESS_RETENTION.label(), this::begin);
  }

  static Retention start(AccessStore store, Duration kept, AccessRuntime runtime) {
    return new Retention(store, kept, runtime);
  }

  private void begin() {
    if (running.compareAndSet(false, true)) {
      next(0);
    }
  }

  private void next(long before) {
    store
        .forget(kept)
        .whenComplete(
            (outcome, defect) -> {
              int deleted = outcome instanceof Outcome.Done<Integer> done ? done.value() : 0;
              if (deleted > 0 && !closed) {
                next(before + deleted);
                return;
              }
              if (before > 0) {
                LOG.log(
                    Level.INFO,
                    "{0} events and requests that ended {1} ago were deleted",
                    Long.toString(before),
                    kept);
              }
              running.set(false);
            });
  }

  @Override
  public void close() {
    closed = true;
    timer.cancel(false);
  }
}
