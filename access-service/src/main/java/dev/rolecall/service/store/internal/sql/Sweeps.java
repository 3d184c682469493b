package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.store.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs the sweeper each second, on the store's threads: one batch after the other while there is
 * work. A sweep that finds no place is left out: the next one does its work.
 */
final class Sweeps implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Work work;
  private final Sweeper sweeper;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile @Nullable Future<?> timer;

  Sweeps(Work work, Sweeper sweeper) {
    this.work = requireNonNull(work, "work");
    this.sweeper = requireNonNull(sweeper, "sweeper");
  }

  void start(AccessRuntime runtime) {
    runtime.supervising(SupervisedTask.ACCESS_SWEEP);
    timer =
        runtime
            .supervisor()
            .pausing(PERIOD, runtime.timer(), SupervisedTask.ACCESS_SWEEP.label(), this::begin);
  }

  private void begin() {
    if (running.compareAndSet(false, true)) {
      next();
    }
  }

  private void next() {
    sweep()
        .whenComplete(
            (outcome, defect) -> {
              if (outcome instanceof Outcome.Done<Integer> done && done.value() > 0) {
                next();
              } else {
                running.set(false);
              }
            });
  }

  CompletionStage<Outcome<Integer>> sweep() {
    return work.keepUp(StoreMetrics.SWEEP, sweeper::sweep);
  }

  @Override
  public void close() {
    Future<?> started = timer;
    if (started != null) {
      started.cancel(false);
    }
  }
}
