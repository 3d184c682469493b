package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A reviewer's decision about a request.
 *
 * @param reviewer the one who decided
 * @param vote the decision
 * @param reason the reason, if any
 * @param at the time of the store
 * @param narrowing the part that is approved
 */
public record Review(
    Subject reviewer, Vote vote, Optional<FreeText> reason, Instant at, Narrowing narrowing) {

  /** Checks that nothing is null. */
  public Review {
    requireNonNull(reviewer, "reviewer");
    requireNonNull(vote, "vote");
    requireNonNull(reason, "reason");
    requireNonNull(at, "at");
    requireNonNull(narrowing, "narrowing");
  }

  /** Whether it approves. */
  public boolean isApproval() {
    return vote == Vote.APPROVE;
  }
}
