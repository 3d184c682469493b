package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Batches;
import dev.rolecall.service.store.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * Runs the sweeper each second, on the store's threads: one batch after the other while there is
 * work. A sweep that finds no place is left out: the next one does its work.
 */
final class Sweeps implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Work work;
  private final Sweeper sweeper;
  private volatile Runnable stop = () -> {};

  Sweeps(Work work, Sweeper sweeper) {
    this.work = requireNonNull(work, "work");
    this.sweeper = requireNonNull(sweeper, "sweeper");
  }

  void start(AccessRuntime runtime) {
    runtime.supervising(SupervisedTask.ACCESS_SWEEP);
    String task = SupervisedTask.ACCESS_SWEEP.label();
    Batches batches =
        new Batches(
            runtime.supervisor(),
            task,
            () ->
                sweep()
                    .thenApply(
                        outcome ->
                            outcome instanceof Outcome.Done<Integer> done && done.value() > 0));
    Future<?> timer = runtime.supervisor().pausing(PERIOD, runtime.timer(), task, batches::wake);
    stop =
        () -> {
          timer.cancel(false);
          batches.close();
        };
  }

  CompletionStage<Outcome<Integer>> sweep() {
    return work.keepUp(StoreMetrics.SWEEP, sweeper::sweep);
  }

  @Override
  public void close() {
    stop.run();
  }
}
