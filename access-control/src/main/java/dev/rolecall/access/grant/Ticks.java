package dev.rolecall.access.grant;

/** Compares ends by a ticker, whose values may overflow. */
final class Ticks {

  /** The end of what is not held. No ticker shows it next to a time that it shows today. */
  static final long NONE = Long.MIN_VALUE;

  private Ticks() {}

  static long later(long one, long other) {
    return isBefore(one, other) ? other : one;
  }

  static long earlier(long one, long other) {
    return isBefore(one, other) ? one : other;
  }

  static boolean isBefore(long one, long other) {
    if (one == other || one == Holding.NEVER || other == NONE) {
      return false;
    }
    return one == NONE || other == Holding.NEVER || one - other < 0;
  }
}
