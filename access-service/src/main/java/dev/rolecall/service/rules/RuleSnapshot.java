package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.request.Subject;
import java.util.Optional;

/**
 * The part of a rule that a request keeps as it was when it was made. An edit cannot lower the
 * quorum of a request that waits, nor add reviewers to it. A later rule may only narrow who counts.
 *
 * @param reviewing the review as it was
 */
public record RuleSnapshot(Reviewing reviewing) {

  /** Checks that nothing is absent. */
  public RuleSnapshot {
    requireNonNull(reviewing, "reviewing");
  }

  /** The snapshot of a rule. */
  public static RuleSnapshot of(AccessRule rule) {
    return new RuleSnapshot(rule.reviewing());
  }

  /**
   * Reads what {@link #json} has written.
   *
   * @throws IllegalArgumentException if the text is no snapshot that this release knows
   */
  public static RuleSnapshot parse(String json) {
    return SnapshotJson.read(json);
  }

  /** The snapshot as a JSON object. */
  public String json() {
    return SnapshotJson.write(this);
  }

  /**
   * Whether the subject's review counts.
   *
   * @param now the rule as it is now; empty if it is gone, and then no review counts
   */
  public boolean counts(Subject reviewer, Optional<AccessRule> now) {
    return reviewing.reviewers().stream().anyMatch(party -> party.means(reviewer))
        && now.filter(rule -> rule.mayReview(reviewer)).isPresent();
  }
}
