package dev.rolecall.proxy.relay;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** The number of calls of one event loop that are open, be they judged already or not. */
final class OpenCalls {

  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean awaited;

  void began() {
    count.incrementAndGet();
  }

  void ended() {
    if (count.decrementAndGet() == 0 && awaited) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  int count() {
    return count.get();
  }

  /**
   * Waits until no call is open, at most until that time of the ticker.
   *
   * @return whether none is
   */
  synchronized boolean awaitNone(LongSupplier ticker, long until) throws InterruptedException {
    awaited = true;
    while (count.get() > 0) {
      long left = until - ticker.getAsLong();
      if (left <= 0) {
        return false;
      }
      // At least a millisecond, which a shorter time would be rounded down to nothing of.
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, Duration.ofMillis(1).toNanos()));
    }
    return true;
  }
}
