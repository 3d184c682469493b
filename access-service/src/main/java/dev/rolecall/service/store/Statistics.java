package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Numbers about the store, by its clock.
 *
 * @param pending the requests that wait for a decision
 * @param oldestPending how long the oldest of these has waited; zero without any
 * @param activeGrants the grants that hold
 * @param locks the locks that hold
 * @param openPostReviews emergency access that waits for its review
 * @param lag the events that wait for their delivery
 */
public record Statistics(
    long pending,
    Duration oldestPending,
    long activeGrants,
    long locks,
    long openPostReviews,
    Outbox.Lag lag) {

  /** Nothing at all. */
  public static final Statistics NONE =
      new Statistics(0, Duration.ZERO, 0, 0, 0, new Outbox.Lag(0, Duration.ZERO));

  /** The same of a store whose events wait for nothing. */
  public Statistics withoutLag() {
    return new Statistics(pending, oldestPending, activeGrants, locks, openPostReviews, NONE.lag());
  }

  /** Checks that nothing is null. */
  public Statistics {
    requireNonNull(oldestPending, "oldestPending");
    requireNonNull(lag, "lag");
  }
}
