package dev.rolecall.renewal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads a value on a daemon thread and bounds the wait for it: a load may block without end, such
 * as a {@code credential_process} that hangs. It has one thread at most: later callers wait for a
 * load that is still blocked. Safe for use by many threads.
 */
public final class BoundedLoad<T> {

  /** The usual time before callers hear that a load hangs. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Duration patience;
  private @Nullable Running<T> running;

  /**
   * Nothing loads yet.
   *
   * @param patience how long each caller waits
   */
  public BoundedLoad(Duration patience) {
    this.patience = requireNonNull(patience, "patience");
  }

  /**
   * What the loading gives, or the one that goes on since before. Blocks, for the patience at most.
   *
   * @param loading may block; what it returns need not be done
   * @throws ExecutionException with what it threw
   * @throws TimeoutException if it goes on
   */
  public T get(Supplier<? extends CompletionStage<? extends T>> loading)
      throws ExecutionException, InterruptedException, TimeoutException {
    Running<T> awaited = joined(loading);
    try {
      return awaited.outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (awaited.isReturned) {
        // No thread is held by it, so the next one may ask anew.
        ended(awaited);
      }
      throw e;
    }
  }

  /**
   * The same without blocking: what the loading gives, or the one that goes on since before.
   *
   * @param loading may block its thread; what it returns need not be done
   * @return fails with what the loading threw, or with {@link TimeoutException} if it goes on
   */
  public CompletableFuture<T> begin(Supplier<? extends CompletionStage<? extends T>> loading) {
    Running<T> awaited = joined(loading);
    CompletableFuture<T> bounded =
        awaited.outcome.copy().orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
    return bounded.whenComplete(
        (value, failure) -> {
          if (failure instanceof TimeoutException && awaited.isReturned) {
            ended(awaited);
          }
        });
  }

  private synchronized Running<T> joined(Supplier<? extends CompletionStage<? extends T>> loading) {
    if (running != null) {
      return running;
    }
    Running<T> started = new Running<>();
    Thread thread = new Thread(() -> run(started, loading), "rolecall-credentials");
    thread.setDaemon(true);
    thread.start();
    running = started;
    return started;
  }

  private void run(Running<T> mine, Supplier<? extends CompletionStage<? extends T>> loading) {
    try {
      CompletionStage<? extends T> stage = loading.get();
      mine.isReturned = true;
      var unused = stage.whenComplete((value, failure) -> end(mine, value, failure));
    } catch (Throwable e) {
      // An Error too: callers wait, and must hear of it.
      end(mine, null, e);
    }
  }

  private void end(Running<T> mine, @Nullable T value, @Nullable Throwable failure) {
    ended(mine);
    if (failure != null) {
      mine.outcome.completeExceptionally(failure);
    } else {
      mine.outcome.complete(value);
    }
  }

  private synchronized void ended(Running<T> mine) {
    if (running == mine) {
      running = null;
    }
  }

  private static final class Running<T> {
    final CompletableFuture<T> outcome = new CompletableFuture<>();
    volatile boolean isReturned;
  }
}
