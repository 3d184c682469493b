package dev.rolecall.identity.internal;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Does the work of one task in batches, one at a time, while there may be more of it. A defect is
 * logged and counted and ends the run, and the next wake begins another.
 *
 * <p>Safe for use by many threads. Does not block.
 */
public final class Batches implements AutoCloseable {

  private final Supervisor supervisor;
  private final String task;
  private final Supplier<CompletionStage<Boolean>> batch;

  /** How often there may have been work that no batch has begun after. */
  private final AtomicInteger wanted = new AtomicInteger();

  private volatile boolean closed;

  /**
   * Batches of which none runs yet.
   *
   * @param task a word of a closed set, which is the metric's label
   * @param batch begins one batch; its answer is whether there may be more to do at once
   */
  public Batches(Supervisor supervisor, String task, Supplier<CompletionStage<Boolean>> batch) {
    this.supervisor = requireNonNull(supervisor, "supervisor");
    this.task = requireNonNull(task, "task");
    this.batch = requireNonNull(batch, "batch");
  }

  /** Begins a batch, or has the run that is under way followed by another. Throws nothing. */
  public void wake() {
    if (!closed && wanted.getAndIncrement() == 0) {
      next();
    }
  }

  private void next() {
    int answered = wanted.get();
    begun()
        .whenComplete(
            (more, defect) -> {
              if (defect != null) {
                supervisor.caught(task, defect);
              }
              boolean goesOn = defect == null && more;
              if ((goesOn || wanted.addAndGet(-answered) > 0) && !closed) {
                next();
              }
            });
  }

  private CompletionStage<Boolean> begun() {
    try {
      return batch.get();
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Whether no batch begins any more. */
  public boolean isClosed() {
    return closed;
  }

  /** Begins no batch any more. One that is under way goes on. */
  @Override
  public void close() {
    closed = true;
  }
}
