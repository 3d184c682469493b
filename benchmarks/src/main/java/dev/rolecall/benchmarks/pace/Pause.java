package dev.rolecall.benchmarks.pace;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting while something else is measured. */
public final class Pause {

  private Pause() {}

  /** Returns after that long, and not before. */
  public static void of(Duration time) {
    until(System.nanoTime() + time.toNanos());
  }

  /** Returns when {@link System#nanoTime} has come to that, and not before. */
  public static void until(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
