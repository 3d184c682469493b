package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.CancelAccessRequestRequest;
import dev.rolecall.grants.v1.ExtendGrantRequest;
import dev.rolecall.grants.v1.GetAccessRequestRequest;
import dev.rolecall.grants.v1.ListAccessRequestsRequest;
import dev.rolecall.grants.v1.ListAccessRequestsResponse;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.RequestState;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.Ask;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.NewRequest;
import dev.rolecall.service.request.Terms;
import dev.rolecall.service.rules.AskJudge;
import dev.rolecall.service.rules.Ruling;
import dev.rolecall.service.store.PageKey;
import dev.rolecall.service.store.Position;
import dev.rolecall.service.store.RequestFilter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Makes, shows and takes back requests. */
final class RequestCalls {

  /** The most requests of one party that may wait at once. */
  private static final int MOST_PENDING = 50;

  private final Backend backend;

  RequestCalls(Backend backend) {
    this.backend = backend;
  }

  Reply<dev.rolecall.grants.v1.AccessRequest> request(Viewer viewer, RequestAccessRequest message) {
    return Reply.reading(() -> AskReading.of(viewer, message))
        .then(
            ask ->
                message.getValidateOnly()
                    ? judged(viewer, ask).map(terms -> draft(ask, terms))
                    : placed(viewer, ask, message.getIdempotencyKey(), Optional.empty()));
  }

  private static dev.rolecall.grants.v1.AccessRequest draft(Ask ask, Terms terms) {
    return RequestMessages.draft(ask, terms)
        .setState(ask.kind() == AskKind.BREAK_GLASS ? RequestState.APPROVED : RequestState.PENDING)
        .build();
  }

  Reply<dev.rolecall.grants.v1.AccessRequest> extend(Viewer viewer, ExtendGrantRequest message) {
    return Seen.grant(backend, viewer, message.getGrantId())
        .unless(grant -> mayNotExtend(viewer, grant))
        .then(
            grant ->
                Reply.reading(() -> AskReading.of(viewer, grant, message))
                    .then(
                        ask ->
                            placed(
                                viewer,
                                ask,
                                message.getIdempotencyKey(),
                                Optional.of(grant.id()))));
  }

  private static Optional<AccessFailure> mayNotExtend(Viewer viewer, AccessGrant grant) {
    boolean may =
        grant.holder().isSamePartyAs(viewer.subject())
            || grant.origin().requester().isSamePartyAs(viewer.subject());
    return may
        ? Optional.empty()
        : Optional.of(
            AccessFailure.of(
                FailureReason.NOT_THE_HOLDER,
                "the grant is another's (expected: a grant that you hold or have asked for)"));
  }

  /** The terms of a request that the rules take. */
  private Reply<Terms> judged(Viewer viewer, Ask ask) {
    Reply<Instant> now =
        ask.time().startsAt().isEmpty()
            ? Reply.of(Instant.EPOCH) // a request without a start is not compared with the time
            : Reply.of(backend.store().position()).map(Position::time);
    return now.then(
        time ->
            new AskJudge(viewer.rules())
                .judge(ask, time)
                .fold(
                    accepted -> Reply.of(terms(accepted)),
                    refused -> Reply.failed(refused.failure())));
  }

  private static Terms terms(Ruling.Accepted accepted) {
    return new Terms(
        accepted.snapshot().reviewing().quorum(),
        accepted.snapshot().reviewing().pendingFor(),
        accepted.snapshot().json());
  }

  /** A retry is answered by what there is, whatever the rules and the bounds say by now. */
  private Reply<dev.rolecall.grants.v1.AccessRequest> placed(
      Viewer viewer, Ask ask, String key, Optional<String> extended) {
    return Reply.reading(() -> WireText.stated(key).map(NewRequest::checkedKey))
        .then(
            stated ->
                stated
                    .map(each -> Reply.of(backend.store().placed(ask, each, extended)))
                    .orElseGet(() -> Reply.of(Optional.empty()))
                    .then(
                        earlier ->
                            earlier
                                .map(request -> Reply.of(request))
                                .orElseGet(() -> place(viewer, ask, stated, extended))))
        .map(RequestMessages::message);
  }

  private Reply<AccessRequest> place(
      Viewer viewer, Ask ask, Optional<String> key, Optional<String> extended) {
    return judged(viewer, ask)
        .then(terms -> Reply.reading(() -> new NewRequest(ask, terms, key, extended)))
        .then(request -> bounded(ask).then(same -> Reply.of(backend.store().place(request))));
  }

  /** An emergency does not wait for others to be decided. */
  private Reply<Ask> bounded(Ask ask) {
    if (ask.kind() == AskKind.BREAK_GLASS) {
      return Reply.of(ask);
    }
    RequestFilter pending =
        new RequestFilter(
            Set.of(dev.rolecall.service.request.RequestState.PENDING),
            Optional.of(ask.requester().party()),
            Set.of(),
            false,
            request -> request.ask().requester().isSamePartyAs(ask.requester()));
    return Reply.of(backend.store().requests(pending, PageKey.first(MOST_PENDING)))
        .then(
            page ->
                page.items().size() < MOST_PENDING
                    ? Reply.of(ask)
                    : Reply.failed(
                        AccessFailure.of(
                            FailureReason.TOO_MANY,
                            MOST_PENDING
                                + " requests of yours wait (expected: fewer; take some back with"
                                + " CancelAccessRequest)")));
  }

  Reply<dev.rolecall.grants.v1.AccessRequest> get(Viewer viewer, GetAccessRequestRequest message) {
    return Seen.request(backend, viewer, message.getId()).map(RequestMessages::message);
  }

  Reply<dev.rolecall.grants.v1.AccessRequest> cancel(
      Viewer viewer, CancelAccessRequestRequest message) {
    return Seen.request(backend, viewer, message.getId())
        .unless(
            request ->
                request.ask().requester().isSamePartyAs(viewer.subject())
                    ? Optional.empty()
                    : Optional.of(
                        AccessFailure.of(
                            FailureReason.NOT_THE_REQUESTER,
                            "the request is another's (expected: one of yours; a reviewer denies"
                                + " it with ReviewAccess)")))
        .then(request -> Reply.of(backend.store().cancel(request.id(), viewer.subject())))
        .map(RequestMessages::message);
  }

  Reply<ListAccessRequestsResponse> list(Viewer viewer, ListAccessRequestsRequest message) {
    return Reply.reading(() -> WireText.page(message.getPageSize(), message.getPageToken()))
        .then(
            page ->
                Reply.reading(() -> filter(viewer, message))
                    .then(filter -> Reply.of(backend.store().requests(filter, page))))
        .map(
            page -> {
              ListAccessRequestsResponse.Builder list = ListAccessRequestsResponse.newBuilder();
              page.items().forEach(each -> list.addRequests(RequestMessages.message(each)));
              page.next().ifPresent(list::setNextPageToken);
              return list.build();
            });
  }

  /** What may not be seen is left out, so a list never tells that there is more. */
  private static RequestFilter filter(Viewer viewer, ListAccessRequestsRequest message) {
    Optional<PermissionName> permission = WireText.permission(message.getPermission());
    Predicate<AccessRequest> seen = message.getReviewable() ? viewer::mayReview : viewer::maySee;
    boolean own = message.getMine() || viewer.seesOwnAlone();
    return new RequestFilter(
        message.getStatesList().stream()
            .map(RequestMessages::state)
            .collect(Collectors.toUnmodifiableSet()),
        own ? Optional.of(viewer.subject().party()) : Optional.empty(),
        permission.map(Set::of).orElse(Set.of()),
        message.getReviewable(),
        seen);
  }
}
