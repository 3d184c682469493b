package dev.rolecall.tests.soak;

import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One thread that runs what is due, and keeps what a task throws: a schedule would swallow it. */
final class SoakTimer extends ScheduledThreadPoolExecutor {

  private static final long LOOK_MILLIS = 50;

  private final Queue<Throwable> defects;

  /**
   * A timer.
   *
   * @param defects gets what its tasks throw
   */
  SoakTimer(Queue<Throwable> defects) {
    super(1);
    this.defects = defects;
    setRemoveOnCancelPolicy(true);
  }

  @Override
  protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
    super.afterExecute(task, thrown);
    if (thrown != null) {
      defects.add(thrown);
    }
    if (task instanceof Future<?> future && future.isDone()) {
      try {
        future.get();
      } catch (CancellationException e) {
        // Nobody wants it any more.
      } catch (ExecutionException e) {
        defects.add(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits until it is so; false if the time ran out first. */
  boolean await(BooleanSupplier condition, long timeout, TimeUnit unit)
      throws InterruptedException {
    CountDownLatch met = new CountDownLatch(1);
    Future<?> looks =
        scheduleWithFixedDelay(
            () -> {
              if (condition.getAsBoolean()) {
                met.countDown();
              }
            },
            0,
            LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
    try {
      return met.await(timeout, unit);
    } finally {
      looks.cancel(false);
    }
  }
}
