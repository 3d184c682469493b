package dev.rolecall.benchmarks;

import java.util.Collection;

/**
 * The middle of some values, and of their lower and upper half.
 *
 * @param low a quarter of them are at most that
 * @param median half of them
 * @param high three quarters
 */
public record Quartiles(double low, double median, double high) {

  /**
   * Of those, by linear interpolation.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Quartiles of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values: none (expected: at least one)");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  private static double at(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
