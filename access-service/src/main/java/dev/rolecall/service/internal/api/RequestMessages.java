package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.Review;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.Ask;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.RequestState;
import dev.rolecall.service.request.Terms;
import dev.rolecall.service.request.Vote;
import java.util.Optional;

/** Requests as messages. Texts of people go as they are: to escape them is the display's work. */
final class RequestMessages {

  private RequestMessages() {}

  static dev.rolecall.grants.v1.AccessRequest message(AccessRequest request) {
    dev.rolecall.grants.v1.AccessRequest.Builder message =
        draft(request.ask(), request.terms())
            .setId(request.id())
            .setState(state(request.state()))
            .setRevision(request.revision())
            .setCreatedAt(WireTime.of(request.times().createdAt()))
            .setPendingUntil(WireTime.of(request.times().pendingUntil()));
    request.standing().grantId().ifPresent(message::setGrantId);
    request.reviews().forEach(review -> message.addReviews(message(review)));
    return message.build();
  }

  /** The message of a request that is not kept: without an id and without dates. */
  static dev.rolecall.grants.v1.AccessRequest.Builder draft(Ask ask, Terms terms) {
    dev.rolecall.grants.v1.AccessRequest.Builder message =
        dev.rolecall.grants.v1.AccessRequest.newBuilder()
            .setRequester(Subjects.message(ask.requester()))
            .setBeneficiary(Subjects.message(ask.beneficiary()))
            .setPermission(ask.scope().permission().value())
            .addAllResources(ask.scope().resources().stream().map(ResourceName::value).toList())
            .setReason(text(ask.why().reason()))
            .setTicket(text(ask.why().ticket()))
            .setBreakGlass(ask.kind() == AskKind.BREAK_GLASS)
            .setExtension(ask.kind() == AskKind.EXTENSION)
            .setDuration(WireTime.of(ask.time().duration()))
            .setQuorum(terms.quorum());
    ask.time().startsAt().ifPresent(start -> message.setStartsAt(WireTime.of(start)));
    return message;
  }

  private static Review message(dev.rolecall.service.request.Review review) {
    return Review.newBuilder()
        .setReviewer(Subjects.message(review.reviewer()))
        .setDecision(review.vote() == Vote.APPROVE ? Decision.APPROVE : Decision.DENY)
        .setReason(text(review.reason()))
        .setReviewedAt(WireTime.of(review.at()))
        .build();
  }

  static String text(Optional<FreeText> text) {
    return text.map(FreeText::value).orElse("");
  }

  private static dev.rolecall.grants.v1.RequestState state(RequestState state) {
    return switch (state) {
      case PENDING -> dev.rolecall.grants.v1.RequestState.PENDING;
      case APPROVED -> dev.rolecall.grants.v1.RequestState.APPROVED;
      case DENIED -> dev.rolecall.grants.v1.RequestState.DENIED;
      case CANCELLED -> dev.rolecall.grants.v1.RequestState.CANCELLED;
      case LAPSED -> dev.rolecall.grants.v1.RequestState.LAPSED;
    };
  }

  /**
   * The state that a message names.
   *
   * @throws IllegalArgumentException if it names no value that is known
   */
  static RequestState state(dev.rolecall.grants.v1.RequestState state) {
    return switch (state) {
      case PENDING -> RequestState.PENDING;
      case APPROVED -> RequestState.APPROVED;
      case DENIED -> RequestState.DENIED;
      case CANCELLED -> RequestState.CANCELLED;
      case LAPSED -> RequestState.LAPSED;
      case REQUEST_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException(
              "states: none that this service knows (expected: PENDING, APPROVED, DENIED,"
                  + " CANCELLED or LAPSED)");
    };
  }
}
