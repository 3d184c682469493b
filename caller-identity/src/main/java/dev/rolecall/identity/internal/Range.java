package dev.rolecall.identity.internal;

/** The check that a setting lies between its bounds, both included. */
public final class Range {

  private Range() {}

  /**
   * Checks a value whose text is no secret.
   *
   * @throws IllegalArgumentException if it lies outside, as {@code name: value (expected: least to
   *     most)}
   */
  public static <T extends Comparable<T>> void check(String name, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw InvalidValue.of(name, value.toString(), least + " to " + most);
    }
  }
}
