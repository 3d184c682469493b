package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A grant as it was when the store was read. Its state follows its period: it does not wait for
 * anything to be written.
 *
 * @param id its id, opaque
 * @param origin the request it was made of
 * @param holder the one who holds it
 * @param scope what it allows
 * @param period when; a revoked grant keeps the period it would have had
 * @param standing how it stands
 */
public record AccessGrant(
    String id, Origin origin, Subject holder, Scope scope, Period period, Standing standing) {

  /** Checks that nothing is null. */
  public AccessGrant {
    requireNonNull(id, "id");
    requireNonNull(origin, "origin");
    requireNonNull(holder, "holder");
    requireNonNull(scope, "scope");
    requireNonNull(period, "period");
    requireNonNull(standing, "standing");
  }

  /** Its state. */
  public GrantState state() {
    return standing.state();
  }

  /** The store's revision of its last change. */
  public long revision() {
    return standing.revision();
  }

  /** Whether it has been revoked. */
  public boolean isRevoked() {
    return standing.state() == GrantState.REVOKED;
  }

  /** Whether it holds at a moment of the store's clock. */
  public boolean holdsAt(Instant moment) {
    return !isRevoked() && period.contains(moment);
  }

  /** Whether it has neither ended nor been revoked. */
  public boolean isOpen() {
    return standing.state() == GrantState.SCHEDULED || standing.state() == GrantState.ACTIVE;
  }

  /**
   * The request of a grant.
   *
   * @param requestId the request that it was made of
   * @param requester the one who asked, who may be another than the holder
   * @param breakGlass whether it was emergency access
   */
  public record Origin(String requestId, Subject requester, boolean breakGlass) {

    /** Checks that nothing is null. */
    public Origin {
      requireNonNull(requestId, "requestId");
      requireNonNull(requester, "requester");
    }
  }

  /**
   * The part of a grant that changes.
   *
   * @param state its state
   * @param revision the store's revision of its last change
   * @param version the number of the grant's own change, from 1
   * @param postReview the review of emergency access; empty for other grants
   * @param ended who ended it before its time, when and why
   */
  public record Standing(
      GrantState state,
      long revision,
      int version,
      Optional<PostReview> postReview,
      Optional<Act> ended) {

    /** Checks that nothing is null. */
    public Standing {
      requireNonNull(state, "state");
      requireNonNull(postReview, "postReview");
      requireNonNull(ended, "ended");
    }
  }
}
