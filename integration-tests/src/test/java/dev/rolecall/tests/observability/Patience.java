package dev.rolecall.tests.observability;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for what another process, or a thread that nobody hands out, is about to do. */
final class Patience {

  private static final long LOOK_EVERY_MILLIS = 50;
  private static final long SECONDS_AT_MOST = 30;

  private Patience() {}

  /** Returns as soon as it is so; an exception means it is not yet. */
  static void until(Callable<Boolean> condition) {
    until(condition, () -> "it is not so");
  }

  /** The same, with words for when it does not come to be. */
  static void until(Callable<Boolean> condition, Supplier<String> otherwise) {
    CompletableFuture<Boolean> met = new CompletableFuture<>();
    ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    try {
      var unused =
          looks.scheduleWithFixedDelay(
              () -> look(condition, met), 0, LOOK_EVERY_MILLIS, MILLISECONDS);
      met.get(SECONDS_AT_MOST, SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(otherwise.get() + " after " + SECONDS_AT_MOST + " s", e);
    } finally {
      looks.shutdownNow();
    }
  }

  private static void look(Callable<Boolean> condition, CompletableFuture<Boolean> met) {
    try {
      if (condition.call()) {
        met.complete(true);
      }
    } catch (Error e) {
      met.completeExceptionally(e);
    } catch (Exception e) {
      // Not yet: the next look may find it.
      return;
    }
  }
}
