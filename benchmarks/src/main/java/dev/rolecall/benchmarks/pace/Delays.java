package dev.rolecall.benchmarks.pace;

import java.util.Collection;
import java.util.Locale;

/** Delays in milliseconds. Immutable. */
public final class Delays {

  private final double[] sorted;

  private Delays(double[] sorted) {
    this.sorted = sorted;
  }

  /**
   * Those delays, in nanoseconds and in any order.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Delays ofNanos(Collection<Long> nanos) {
    if (nanos.isEmpty()) {
      throw new IllegalArgumentException("delays: none (expected: at least one)");
    }
    return new Delays(nanos.stream().mapToDouble(each -> each / 1e6).sorted().toArray());
  }

  /** The delay that this share of them does not exceed: over 0, at most 1. */
  public double within(double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /** Half of them are at most that. */
  public double p50() {
    return within(0.5);
  }

  /** 99 of 100 of them are at most that. */
  public double p99() {
    return within(0.99);
  }

  /** The longest. */
  public double slowest() {
    return within(1);
  }

  /** How many there are. */
  public int count() {
    return sorted.length;
  }

  /** For a table's cell. */
  public static String text(double millis) {
    return String.format(Locale.ROOT, "%,.1f", millis);
  }
}
