package dev.rolecall.benchmarks.fleet;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

/**
 * The clock of all processes of a run, {@link System#nanoTime}. On Linux it is {@code
 * CLOCK_MONOTONIC}, which all processes of a machine share. That is checked, not assumed.
 */
public final class OneClock {

  /** The command that answers with the time of a process. */
  public static final String COMMAND = "clock";

  private static final int READINGS = 100;

  private OneClock() {}

  /** The answer to {@link #COMMAND}. */
  public static String answer() {
    return Long.toString(System.nanoTime());
  }

  /**
   * Checks that a process has this process's clock.
   *
   * @throws IllegalStateException if it has not
   */
  public static void check(ChildProcess child) throws IOException, InterruptedException {
    long before = System.nanoTime();
    long there = Long.parseLong(child.ask(COMMAND));
    long after = System.nanoTime();
    if (there - before < 0 || after - there < 0) {
      throw new IllegalStateException(
          "System.nanoTime differs between processes here (expected: one clock, as on Linux)");
    }
  }

  /** The time of this clock at a time of the wall clock, by the closest of many readings. */
  public static long nanosAt(Instant time, Clock wall) {
    long closest = Long.MAX_VALUE;
    long best = 0;
    for (int i = 0; i < READINGS; i++) {
      long before = System.nanoTime();
      Instant now = wall.instant();
      long took = System.nanoTime() - before;
      if (took < closest) {
        closest = took;
        best =
            before
                + took / 2
                + (time.getEpochSecond() - now.getEpochSecond()) * 1_000_000_000
                + (time.getNano() - now.getNano());
      }
    }
    return best;
  }
}
