package dev.rolecall.benchmarks.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The processes of a fleet, in the order in which they were started. */
public final class Processes {

  private Processes() {}

  /** Ends all of them, the last first. */
  public static void close(List<? extends AutoCloseable> processes) {
    List<AutoCloseable> order = new ArrayList<>(processes);
    Collections.reverse(order);
    for (AutoCloseable each : order) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("a process did not end", e);
      }
    }
  }
}
