package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import java.time.Duration;

/**
 * The terms that a request is decided by: those of the rule at the time of the request.
 *
 * @param quorum how many people must approve: 1 to 10
 * @param pendingFor how long the request may wait for its decision: 1 ms to 366 days
 * @param ruleSnapshot the rule as JSON, which only the rules read
 */
public record Terms(int quorum, Duration pendingFor, String ruleSnapshot) {

  private static final int MOST = 10;
  private static final Duration LONGEST = Duration.ofDays(366);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value breaks its rule above
   */
  public Terms {
    requireNonNull(ruleSnapshot, "ruleSnapshot");
    Range.check("quorum", quorum, 1, MOST);
    Range.check("pending for", pendingFor, Duration.ofMillis(1), LONGEST);
  }
}
