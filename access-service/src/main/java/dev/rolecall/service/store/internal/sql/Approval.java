package dev.rolecall.service.store.internal.sql;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.NewReview;
import dev.rolecall.service.request.Review;
import dev.rolecall.service.request.Scope;
import dev.rolecall.service.request.Vote;
import dev.rolecall.service.store.Refusal.Reason;
import dev.rolecall.service.store.internal.row.Rejected;
import java.time.Duration;
import java.util.List;

/**
 * The part of a request that all approvals share. Also approvals that count no longer narrow it: to
 * leave them out would widen it.
 *
 * @param scope the resources that all approve
 * @param duration the shortest time
 */
record Approval(Scope scope, Duration duration) {

  static Approval of(AccessRequest request, List<Review> approvals) {
    Scope scope = request.ask().scope();
    Duration duration = request.ask().time().duration();
    for (Review review : approvals) {
      Scope approved = new Scope(scope.permission(), review.narrowing().resources());
      scope =
          scope
              .intersection(approved)
              .orElseThrow(
                  () ->
                      new Rejected(
                          Reason.NO_RESOURCE_LEFT,
                          "resources: the approvals so far share none with this one (expected: a"
                              + " resource that they approve)"));
      Duration time = review.narrowing().duration().orElse(duration);
      duration = time.compareTo(duration) < 0 ? time : duration;
    }
    return new Approval(scope, duration);
  }

  /** The checks of a review that need no other reviews. */
  static void check(AccessRequest request, NewReview review) {
    if (review.expectedRevision() != 0 && review.expectedRevision() != request.revision()) {
      throw new Rejected(
          Reason.REVISION_MOVED,
          "expected_revision: "
              + review.expectedRevision()
              + ", and the request has "
              + request.revision()
              + " (next step: read it again)");
    }
    if (request.involves(review.reviewer())) {
      throw new Rejected(
          Reason.OWN_REQUEST,
          "review: "
              + InvalidValue.printable(review.reviewer().party())
              + " asked for it or gains from it (expected: another person)");
    }
    if (review.vote() == Vote.APPROVE) {
      checkWidth(request, review);
    }
  }

  private static void checkWidth(AccessRequest request, NewReview review) {
    Duration asked = request.ask().time().duration();
    if (review.narrowing().duration().filter(time -> time.compareTo(asked) > 0).isPresent()) {
      throw new Rejected(
          Reason.REVIEW_WIDENS,
          "duration: longer than was asked for (expected: at most " + asked + ")");
    }
    if (review.narrowing().resources().isEmpty()) {
      return;
    }
    Scope scope = request.ask().scope();
    if (request.ask().kind() == AskKind.EXTENSION) {
      throw new Rejected(
          Reason.REVIEW_WIDENS,
          "resources: an extension changes the end alone (expected: none in its review)");
    }
    if (!scope.includes(new Scope(scope.permission(), review.narrowing().resources()))) {
      throw new Rejected(
          Reason.REVIEW_WIDENS,
          "resources: some were not asked for (expected: of those in the request)");
    }
  }
}
