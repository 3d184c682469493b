package dev.rolecall.service.request;

import java.time.Instant;

/**
 * A time from its start, inclusive, to its end, exclusive.
 *
 * @param startsAt the first moment
 * @param endsAt the first moment after it
 */
public record Period(Instant startsAt, Instant endsAt) {

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the end is not after the start
   */
  public Period {
    if (!endsAt.isAfter(startsAt)) {
      throw new IllegalArgumentException(
          "ends_at: " + endsAt + " (expected: after starts_at, " + startsAt + ")");
    }
  }

  /** Whether a moment is in it. */
  public boolean contains(Instant moment) {
    return !moment.isBefore(startsAt) && moment.isBefore(endsAt);
  }
}
