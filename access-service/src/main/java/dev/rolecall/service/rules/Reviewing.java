package dev.rolecall.service.rules;

import dev.rolecall.identity.internal.Range;
import java.time.Duration;
import java.util.List;

/**
 * The review of requests.
 *
 * @param reviewers the parties that may review, at least one
 * @param quorum how many of them must approve: 1 to {@value #LARGEST_QUORUM}
 * @param pendingFor how long a request waits for them before it lapses: a minute to 30 days
 */
public record Reviewing(List<Party> reviewers, int quorum, Duration pendingFor) {

  /** The largest quorum. */
  public static final int LARGEST_QUORUM = 10;

  /** How long a request waits where no rule says otherwise. */
  public static final Duration PENDING_FOR = Duration.ofHours(8);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is outside, or there is no reviewer
   */
  public Reviewing {
    reviewers = List.copyOf(reviewers);
    if (reviewers.isEmpty()) {
      throw new IllegalArgumentException("reviewers: none (expected: at least one)");
    }
    Range.check("quorum", quorum, 1, LARGEST_QUORUM);
    Range.check("pending_for", pendingFor, AccessLimits.SHORTEST, AccessLimits.LONGEST);
  }
}
