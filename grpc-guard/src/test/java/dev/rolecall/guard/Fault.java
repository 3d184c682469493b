package dev.rolecall.guard;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An {@code Error} that one seam throws when it is armed: once, or each time. */
final class Fault {

  private final FaultSeam seam;
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger struck = new AtomicInteger();
  private final CountDownLatch first = new CountDownLatch(1);

  Fault(FaultSeam seam) {
    this.seam = seam;
  }

  boolean isOf(FaultSeam one) {
    return seam == one;
  }

  /** Throws from now on, so many times. */
  void arm(int times) {
    left.set(times);
  }

  /** Throws no more. */
  void disarm() {
    left.set(0);
  }

  /** How often it threw. */
  int struck() {
    return struck.get();
  }

  /** Waits until it has thrown. */
  boolean strikesWithin(Duration limit) {
    try {
      return first.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Passed by the code of that seam. */
  void strike(FaultSeam passed) {
    if (passed == seam && left.getAndUpdate(times -> times > 0 ? times - 1 : 0) > 0) {
      struck.incrementAndGet();
      first.countDown();
      // Not an OutOfMemoryError, at which JUnit gives up the whole run.
      throw new InternalError("no further thread: the test's fault");
    }
  }
}
