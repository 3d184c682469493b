package dev.rolecall.tests.soak;

import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** A timer with one thread that keeps the exceptions of its tasks, which a scheduler would drop. */
final class SoakTimer extends ScheduledThreadPoolExecutor {

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
}
