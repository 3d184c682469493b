package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import dev.rolecall.grants.v1.ReviewBreakGlassRequest;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.Narrowing;
import dev.rolecall.service.request.NewReview;
import dev.rolecall.service.request.PostReview;
import dev.rolecall.service.request.Vote;
import dev.rolecall.service.rules.AccessRule;
import java.util.Optional;

/** Reviews requests, and emergency access afterwards. */
final class ReviewCalls {

  private final Backend backend;

  ReviewCalls(Backend backend) {
    this.backend = backend;
  }

  Reply<dev.rolecall.grants.v1.AccessRequest> review(Viewer viewer, ReviewAccessRequest message) {
    return Seen.request(backend, viewer, message.getId())
        .unless(request -> notReviewer(viewer, request))
        .then(
            request ->
                Reply.reading(() -> reading(viewer, message))
                    .unless(review -> noLongerRight(viewer, request, review.vote()))
                    .then(review -> give(viewer, request, review)))
        .map(RequestMessages::message);
  }

  /**
   * Each earlier approval is judged by the rules as they are when the vote is counted, and by those
   * of the request. That of a person who has been locked since does not count: it may be the
   * approval of the one who took the session.
   */
  private Reply<AccessRequest> give(Viewer viewer, AccessRequest request, NewReview review) {
    return Reply.of(
        backend
            .store()
            .review(
                review,
                each ->
                    !backend.view().isLocked(each.reviewer())
                        && Viewer.of(viewer.caller(), backend.rules().get())
                            .counts(each.reviewer(), request)));
  }

  private static NewReview reading(Viewer viewer, ReviewAccessRequest message) {
    Vote vote = vote(message.getDecision());
    Narrowing narrowing =
        new Narrowing(
            message.hasDuration()
                ? Optional.of(WireTime.duration("duration", message.getDuration()))
                : Optional.empty(),
            WireText.resources(message.getResourcesList()));
    if (vote == Vote.DENY && !narrowing.equals(Narrowing.NONE)) {
      throw new IllegalArgumentException(
          "duration or resources of a denial (expected: none; a denial is of the whole request)");
    }
    Optional<FreeText> reason =
        vote == Vote.DENY
            ? WireText.required("reason", message.getReason())
            : WireText.optional("reason", message.getReason());
    return new NewReview(
        message.getId(), viewer.subject(), vote, reason, narrowing, message.getExpectedRevision());
  }

  private static Vote vote(Decision decision) {
    return switch (decision) {
      case APPROVE -> Vote.APPROVE;
      case DENY -> Vote.DENY;
      case DECISION_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("decision: none (expected: APPROVE or DENY)");
    };
  }

  private static Optional<AccessFailure> own(Viewer viewer, AccessRequest request) {
    return request.involves(viewer.subject())
        ? Optional.of(
            AccessFailure.of(
                FailureReason.OWN_REQUEST,
                "you asked for this access or gain from it (expected: another reviewer, whatever"
                    + " your other roles)"))
        : Optional.empty();
  }

  private static Optional<AccessFailure> notReviewerAfterwards(
      Viewer viewer, AccessRequest request) {
    return viewer.mayReviewAfterwards(request) ? Optional.empty() : notReviewer(viewer, request);
  }

  private static Optional<AccessFailure> notReviewer(Viewer viewer, AccessRequest request) {
    Optional<AccessFailure> own = own(viewer, request);
    if (own.isPresent()) {
      return own;
    }
    return viewer.isReviewerOf(request)
        ? Optional.empty()
        : Optional.of(
            AccessFailure.of(
                FailureReason.NOT_A_REVIEWER,
                "you are no reviewer of "
                    + request.ask().scope().permission()
                    + " (expected: a reviewer by the rule of now and by that of the request)"));
  }

  /** The rules may have changed since the request. What they offer no longer is not given. */
  private static Optional<AccessFailure> noLongerRight(
      Viewer viewer, AccessRequest request, Vote vote) {
    Optional<AccessRule> rule = viewer.rules().rule(request.ask().scope().permission());
    if (vote == Vote.DENY
        || rule.filter(now -> now.mayRequest(request.ask().beneficiary())).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        AccessFailure.of(
            FailureReason.BENEFICIARY_NOT_ALLOWED,
            "the rules no longer let "
                + request.ask().beneficiary().party()
                + " have "
                + request.ask().scope().permission()
                + " (expected: a denial, or other rules)"));
  }

  Reply<Grant> reviewBreakGlass(Viewer viewer, ReviewBreakGlassRequest message) {
    return Seen.grant(backend, viewer, message.getGrantId())
        .then(
            grant ->
                Reply.of(backend.store().request(grant.origin().requestId()))
                    .unless(request -> notReviewerAfterwards(viewer, request))
                    .then(
                        request ->
                            Reply.reading(() -> GrantMessages.decision(message.getDecision())))
                    .then(decision -> afterwards(viewer, message, grant, decision)))
        .map(GrantMessages::message);
  }

  /** A flag bars its holder from emergency access: only administrators take it back. */
  private Reply<AccessGrant> afterwards(
      Viewer viewer, ReviewBreakGlassRequest message, AccessGrant grant, PostReview decision) {
    boolean takenBack =
        viewer.isAdmin()
            && decision == PostReview.ACKNOWLEDGED
            && grant.standing().postReview().equals(Optional.of(PostReview.FLAGGED));
    return Reply.reading(() -> WireText.required("reason", message.getReason()))
        .then(
            reason ->
                Reply.of(
                    takenBack
                        ? backend.store().acknowledgeFlagged(grant.id(), viewer.subject(), reason)
                        : backend
                            .store()
                            .reviewBreakGlass(grant.id(), viewer.subject(), decision, reason)));
  }
}
