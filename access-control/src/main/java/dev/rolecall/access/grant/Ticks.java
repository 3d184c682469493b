package dev.rolecall.access.grant;

/**
 * The order of ends by a ticker, whose values may overflow; {@link Holding#NEVER} comes after each.
 */
public final class Ticks {

  /** The end of what is not held: before each other. */
  static final long NONE = Long.MIN_VALUE;

  private Ticks() {}

  static long later(long one, long other) {
    return isBefore(one, other) ? other : one;
  }

  /** The one that comes first. */
  public static long earlier(long one, long other) {
    return isBefore(one, other) ? one : other;
  }

  /** Whether the first end comes before the other. */
  public static boolean isBefore(long one, long other) {
    if (one == other || one == Holding.NEVER || other == NONE) {
      return false;
    }
    return one == NONE || other == Holding.NEVER || one - other < 0;
  }
}
