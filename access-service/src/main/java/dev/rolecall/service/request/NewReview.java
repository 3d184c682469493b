package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.util.Optional;

/**
 * A review that is to be given.
 *
 * @param requestId the request
 * @param reviewer the one who decides
 * @param vote the decision
 * @param reason the reason, if any
 * @param narrowing the part that is approved
 * @param expectedRevision refused unless the request has this revision; 0 for any
 */
public record NewReview(
    String requestId,
    Subject reviewer,
    Vote vote,
    Optional<FreeText> reason,
    Narrowing narrowing,
    long expectedRevision) {

  /**
   * Checks the revision.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public NewReview {
    requireNonNull(requestId, "requestId");
    requireNonNull(reviewer, "reviewer");
    requireNonNull(vote, "vote");
    requireNonNull(reason, "reason");
    requireNonNull(narrowing, "narrowing");
    if (expectedRevision < 0) {
      throw InvalidValue.of("expected revision", Long.toString(expectedRevision), "0 or more");
    }
  }
}
