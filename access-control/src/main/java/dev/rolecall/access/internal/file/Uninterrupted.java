package dev.rolecall.access.internal.file;

import java.time.Duration;

/** Waits that an interrupt does not cut short: what is waited for would be lost. */
public final class Uninterrupted {

  private Uninterrupted() {}

  /** Waits for the thread's end, for that time at most. Keeps the mark of an interrupt. */
  public static void join(Thread thread, Duration most) {
    boolean wasInterrupted = Thread.interrupted();
    try {
      thread.join(most.toMillis());
    } catch (InterruptedException e) {
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
