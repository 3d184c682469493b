package dev.rolecall.benchmarks.compare;

/**
 * The calls of some stretches of time.
 *
 * @param count how many ended, all of them well
 * @param nanos how long it took
 */
public record Calls(long count, long nanos) {

  /** Both together. */
  public Calls plus(Calls other) {
    return new Calls(count + other.count, nanos + other.nanos);
  }

  /** The mean time of one, where one follows another. */
  public double microsEach() {
    return nanos / 1e3 / count;
  }

  /** Two numbers in one line. */
  public String text() {
    return count + " " + nanos;
  }

  /** The inverse of {@link #text}. */
  public static Calls parse(String text) {
    String[] words = text.split(" ", -1);
    return new Calls(Long.parseLong(words[0]), Long.parseLong(words[1]));
  }
}
