package dev.rolecall.service;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Batches;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.Outcome;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * Deletes each minute what a store need not keep, one small batch after the other. Several nodes
 * may do that at once. Blocks no thread.
 */
final class Retention implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("rolecall.access.service");
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final AccessStore store;
  private final Duration kept;
  private final Batches batches;
  private final Future<?> timer;

  /** How many this run has deleted. Read and written by the one run. */
  private long deleted;

  private Retention(AccessStore store, Duration kept, AccessRuntime runtime) {
    this.store = requireNonNull(store, "store");
    this.kept = requireNonNull(kept, "kept");
    runtime.supervising(SupervisedTask.ACCESS_RETENTION);
    String task = SupervisedTask.ACCESS_RETENTION.label();
    this.batches = new Batches(runtime.supervisor(), task, this::forget);
    this.timer = runtime.supervisor().pausing(PERIOD, runtime.timer(), task, batches::wake);
  }

  static Retention start(AccessStore store, Duration kept, AccessRuntime runtime) {
    return new Retention(store, kept, runtime);
  }

  private CompletionStage<Boolean> forget() {
    return store.forget(kept).thenApply(this::mayBeMore);
  }

  private boolean mayBeMore(Outcome<Integer> outcome) {
    int more = outcome instanceof Outcome.Done<Integer> done ? done.value() : 0;
    deleted += more;
    if (more == 0 && deleted > 0) {
      LOG.log(
          Level.INFO,
          "{0} events and requests that ended {1} ago were deleted",
          Long.toString(deleted),
          kept);
      deleted = 0;
    }
    return more > 0;
  }

  @Override
  public void close() {
    timer.cancel(false);
    batches.close();
  }
}
