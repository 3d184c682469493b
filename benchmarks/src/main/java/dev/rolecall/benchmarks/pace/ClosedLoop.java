package dev.rolecall.benchmarks.pace;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Callers each of whom makes the next call when the last is over: as fast as the server lets them.
 */
public final class ClosedLoop {

  private final long end;
  private final CountDownLatch running;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicReference<@Nullable Status> failure = new AtomicReference<>();

  private ClosedLoop(int callers, Duration time) {
    this.end = System.nanoTime() + time.toNanos();
    this.running = new CountDownLatch(callers);
  }

  /**
   * Calls for that long.
   *
   * @param callers each has one call under way; the same one may be named twice
   * @throws IllegalStateException if a call failed
   */
  public static Outcome run(List<? extends SteadyCalls.Caller> callers, Duration time)
      throws InterruptedException {
    ClosedLoop loop = new ClosedLoop(callers.size(), time);
    long begin = System.nanoTime();
    callers.forEach(loop::next);
    loop.running.await();
    double seconds = (System.nanoTime() - begin) / 1e9;
    Status failed = loop.failure.get();
    if (failed != null) {
      throw new IllegalStateException("a call that must be answered: " + failed);
    }
    return new Outcome(loop.answered.get(), seconds);
  }

  private void next(SteadyCalls.Caller caller) {
    caller.call(
        status -> {
          if (!status.isOk()) {
            failure.compareAndSet(null, status);
            running.countDown();
            return;
          }
          answered.incrementAndGet();
          if (System.nanoTime() - end < 0) {
            next(caller);
          } else {
            running.countDown();
          }
        });
  }

  /**
   * The outcome of a loop.
   *
   * @param calls the number of answered calls
   * @param seconds from the first call's beginning to the last one's end
   */
  public record Outcome(long calls, double seconds) {

    /** Calls answered a second. */
    public double perSecond() {
      return calls / seconds;
    }
  }
}
