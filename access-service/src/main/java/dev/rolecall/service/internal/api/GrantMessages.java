package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.GrantStatus;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.request.PostReview;

/** Grants as messages. */
final class GrantMessages {

  private GrantMessages() {}

  static Grant message(AccessGrant grant) {
    Grant.Builder message =
        Grant.newBuilder()
            .setId(grant.id())
            .setRequestId(grant.origin().requestId())
            .setState(state(grant.state()))
            .setRevision(grant.revision())
            .setVersion(grant.standing().version())
            .setHolder(Subjects.message(grant.holder()))
            .setPermission(grant.scope().permission().value())
            .addAllResources(grant.scope().resources().stream().map(ResourceName::value).toList())
            .setStartsAt(WireTime.of(grant.period().startsAt()))
            .setEndsAt(WireTime.of(grant.period().endsAt()))
            .setBreakGlass(grant.origin().breakGlass());
    grant.standing().postReview().ifPresent(review -> message.setPostReview(review(review)));
    grant
        .standing()
        .ended()
        .ifPresent(
            act ->
                message
                    .setEndedBy(Subjects.message(act.actor()))
                    .setEndedReason(RequestMessages.text(act.reason())));
    return message.build();
  }

  private static GrantStatus state(GrantState state) {
    return switch (state) {
      case SCHEDULED -> GrantStatus.SCHEDULED;
      case ACTIVE -> GrantStatus.ACTIVE;
      case EXPIRED -> GrantStatus.EXPIRED;
      case REVOKED -> GrantStatus.REVOKED;
    };
  }

  /**
   * The state that a message names.
   *
   * @throws IllegalArgumentException if it names no value that is known
   */
  static GrantState state(GrantStatus state) {
    return switch (state) {
      case SCHEDULED -> GrantState.SCHEDULED;
      case ACTIVE -> GrantState.ACTIVE;
      case EXPIRED -> GrantState.EXPIRED;
      case REVOKED -> GrantState.REVOKED;
      case GRANT_STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException(
              "states: none that this service knows (expected: SCHEDULED, ACTIVE, EXPIRED or"
                  + " REVOKED)");
    };
  }

  private static dev.rolecall.grants.v1.PostReview review(PostReview review) {
    return switch (review) {
      case REQUIRED -> dev.rolecall.grants.v1.PostReview.REQUIRED;
      case ACKNOWLEDGED -> dev.rolecall.grants.v1.PostReview.ACKNOWLEDGED;
      case FLAGGED -> dev.rolecall.grants.v1.PostReview.FLAGGED;
    };
  }

  /**
   * The decision that a message names.
   *
   * @throws IllegalArgumentException if it names no value that is known
   */
  static PostReview decision(dev.rolecall.grants.v1.PostReview review) {
    return switch (review) {
      case ACKNOWLEDGED -> PostReview.ACKNOWLEDGED;
      case FLAGGED -> PostReview.FLAGGED;
      case REQUIRED, POST_REVIEW_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("decision: none (expected: ACKNOWLEDGED or FLAGGED)");
    };
  }
}
