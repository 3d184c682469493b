package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request as it was when the store was read: a pending one whose time is over reads as {@link
 * RequestState#LAPSED}.
 *
 * @param id its id, opaque
 * @param ask its content
 * @param terms what it is decided by
 * @param times its dates
 * @param standing how it stands
 * @param reviews the reviews so far, oldest first
 */
public record AccessRequest(
    String id, Ask ask, Terms terms, Times times, Standing standing, List<Review> reviews) {

  /** Copies the reviews. */
  public AccessRequest {
    requireNonNull(id, "id");
    requireNonNull(ask, "ask");
    requireNonNull(terms, "terms");
    requireNonNull(times, "times");
    requireNonNull(standing, "standing");
    reviews = List.copyOf(reviews);
  }

  /** Its state. */
  public RequestState state() {
    return standing.state();
  }

  /** Grows with each change of the request. */
  public long revision() {
    return standing.revision();
  }

  /** Whether it waits for its decision. */
  public boolean isPending() {
    return standing.state() == RequestState.PENDING;
  }

  /** Whether the other asked for it or gains from it. */
  public boolean involves(Subject other) {
    return ask.requester().isSamePartyAs(other) || ask.beneficiary().isSamePartyAs(other);
  }

  /** The review of a party, if it has given one. */
  public Optional<Review> reviewBy(Subject reviewer) {
    return reviews.stream().filter(each -> each.reviewer().isSamePartyAs(reviewer)).findFirst();
  }

  /**
   * The dates of a request, by the store's clock.
   *
   * @param createdAt when it was made
   * @param pendingUntil when it lapses if it has not been decided
   */
  public record Times(Instant createdAt, Instant pendingUntil) {

    /** Checks that nothing is null. */
    public Times {
      requireNonNull(createdAt, "createdAt");
      requireNonNull(pendingUntil, "pendingUntil");
    }
  }

  /**
   * The part of a request that changes.
   *
   * @param state its state
   * @param revision the store's revision of its last change
   * @param grantId the grant that was made of it, or that it extends
   */
  public record Standing(RequestState state, long revision, Optional<String> grantId) {

    /** Checks that nothing is null. */
    public Standing {
      requireNonNull(state, "state");
      requireNonNull(grantId, "grantId");
    }
  }
}
