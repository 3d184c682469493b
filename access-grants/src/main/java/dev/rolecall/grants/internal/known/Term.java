package dev.rolecall.grants.internal.known;

/**
 * The time that a grant holds for, by the service's clock, and whether it was revoked.
 *
 * @param startsAtMillis the first moment, in milliseconds of the epoch
 * @param endsAtMillis the first moment after it, later than the start
 * @param revoked whether it was revoked: then it holds at no time
 */
public record Term(long startsAtMillis, long endsAtMillis, boolean revoked) {

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the end is not after the start
   */
  public Term {
    if (endsAtMillis <= startsAtMillis) {
      throw new IllegalArgumentException(
          "end: " + endsAtMillis + " (expected: after the start, " + startsAtMillis + ")");
    }
  }
}
